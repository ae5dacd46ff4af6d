"""Make a row of a proposal and of what a person wished, and say in which file it goes."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError
from bot.rulebook.appending import SourceRow
from bot.rulebook.fields import LANGUAGES
from bot.tune.sources.finding import Found, titles_of
from bot.tune.sources.guessing import authority_of, id_of, jurisdiction_of, languages_of, publisher_of
from bot.types.catalogue import Proposal
from bot.types.levels import Authority

_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_JURISDICTION = re.compile(r"[A-Z]{2,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person says of a new source; "" and () leave it to guessing."""

    id: str = ""
    publisher: str = ""
    jurisdiction: str = ""
    authority: str = ""
    languages: tuple[str, ...] = ()
    enable: bool = False

    def checked(self, taken: Collection[str]) -> Wishes:
        """The same, when every wish can be fulfilled.

        Args:
            taken: Ids of the rule set.

        Raises:
            InputError: One of them cannot.
        """
        if self.id and not _ID.fullmatch(self.id):
            raise InputError(f"{self.id!r} is no id; use small letters, digits and single hyphens, e.g. nl-ministry")
        if self.id in taken:
            raise InputError(f"{self.id!r} is the id of another source already; choose another")
        if self.jurisdiction and not _JURISDICTION.fullmatch(self.jurisdiction):
            raise InputError(f"{self.jurisdiction!r} is no jurisdiction; write a code such as NL, EU, WTO or INT")
        if self.authority and self.authority not in set(Authority):
            raise InputError(f"{self.authority!r} is no authority; choose {', '.join(Authority)}")
        unread = [code for code in self.languages if code not in LANGUAGES]
        if unread:
            raise InputError(f"{', '.join(unread)} is not read; choose of {' '.join(LANGUAGES)}")
        return self


def row_of(proposal: Proposal, found: Found, wishes: Wishes, taken: Collection[str]) -> SourceRow:
    """The row for a proposal: what was wished, else what can be guessed, and in `why` what must be checked.

    Args:
        proposal: The chosen one.
        found: What it belongs to.
        wishes: Checked.
        taken: Ids of the rule set.
    """
    url = proposal.url
    jurisdiction = wishes.jurisdiction or jurisdiction_of(url)
    authority = wishes.authority or authority_of(url)
    titles = list(titles_of((proposal,)))
    guessed = [
        name
        for name, wish in (
            ("publisher", wishes.publisher),
            ("jurisdiction", wishes.jurisdiction),
            ("authority", wishes.authority),
            ("languages", wishes.languages),
        )
        if not wish
    ]
    what = f"guessed: {', '.join((*guessed, 'reliability'))}"
    return SourceRow(
        id=wishes.id or id_of(url, jurisdiction, taken),
        kind=proposal.kind,
        url=url,
        publisher=wishes.publisher or publisher_of(found.sight.site, proposal.title or found.sight.title, url),
        jurisdiction=jurisdiction,
        languages=wishes.languages or languages_of(titles, found.sight.language),
        authority=authority,
        reliability="F",
        every="60m",
        enabled=wishes.enable,
        why=what if wishes.enable else f"{what} - check this row and what it gives, then set enabled: yes",
        # A list page shows as many entries every day; half of them gone means another layout.
        min_items=min(len(proposal.items) // 2, 10) if proposal.kind == "listing" else 0,
        options=proposal.options,
    )


def file_for(folder: Path, named: str, jurisdiction: str) -> Path:
    """The file of a rule set into which a row goes.

    Args:
        folder: The rule set, resolved.
        named: As a person wrote it: nl.yml, sources/nl.yml or a whole path; "" for that of the jurisdiction.
        jurisdiction: Code in capitals.

    Raises:
        InputError: It would not be read there.
    """
    if not named:
        return folder / "sources" / f"{jurisdiction.lower()}.yml"
    path = Path(named)
    places = [path] if path.is_absolute() else [folder / "sources" / path if len(path.parts) == 1 else folder / path]
    file = places[0].resolve()
    inside = file.is_relative_to(folder)
    parts = file.relative_to(folder).parts if inside else ()
    if not inside or file.suffix not in {".yml", ".yaml"} or parts[0] == "schema" or any(p[0] == "." for p in parts):
        raise InputError(f"{named} is no rule file of {folder}; write a name such as nl.yml")
    return file
