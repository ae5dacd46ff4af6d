"""How the commands around single sources show what they found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from bot.rulebook.appending import SourceRow
    from bot.tune.sources.finding import Found
    from bot.tune.sources.importing import Import
    from bot.tune.sources.trying import Sighting, Trial, Whole
    from bot.types.catalogue import Proposal
    from bot.types.source import Item, Source

BEGINNING = 1_500  # characters of a page's text
SHOWN = 3  # items of a proposal
NATURES = {"feed": "a feed", "page": "a page", "json": "JSON", "sitemap": "a sitemap", "other": "nothing known"}
LISTED = 10  # entries of an import that make no row


def show_trial(console: Console, source: Source, trial: Trial, *, limit: int) -> None:
    """What one poll of a source gives."""
    for answer in trial.answers:
        console.print(answer.url, markup=False, soft_wrap=True)
        console.print(f"  {answer.size:,} bytes, {answer.media_type or 'no media type'}", style="dim", markup=False)
        if answer.charset is not None:
            console.print(f"  charset  {answer.charset.name}: {answer.charset.why}", style="dim", markup=False)
    console.print(f"  clock    {trial.clock}, for dates that name no zone", style="dim", markup=False)
    console.print(f"  robots.txt {trial.robots}", style="dim", markup=False)
    for note in trial.notes:
        console.print(f"  note     {note}", style="yellow", markup=False)
    for sighting in trial.items[:limit]:
        _show_sighting(console, sighting)
    if trial.page is not None:
        _show_page(console, trial.page)
    for sentence in trial.trouble:
        console.print(sentence, style="red", markup=False)
    if trial.entries > len(trial.items):
        console.print(f"{trial.entries} entries; what changes in them later is told as an item.")
    headlines = sum(sighting.headline_only for sighting in trial.items)
    state = "" if source.enabled else "; the source is disabled"
    console.print(
        f"{len(trial.items)} items, {headlines} of them headlines only; "
        f"{max(0, len(trial.items) - limit)} not shown{state}."
    )


def _show_sighting(console: Console, sighting: Sighting) -> None:
    document = sighting.document
    date = f"{document.published_at:%Y-%m-%d %H:%M} UTC" if document.published_at else "undated"
    text = "headline only" if sighting.headline_only else f"text, {len(document.text):,} characters"
    console.print(f"{date}  {document.title or '(no title)'}", markup=False)
    console.print(f"    {document.url or '(no link)'}", style="dim", markup=False, soft_wrap=True)
    console.print(f"    {sighting.language} ({sighting.confidence:.0%}), {text}", style="dim", markup=False)


def _show_page(console: Console, page: Whole) -> None:
    console.print(f"The page behind the first item: {page.said}", markup=False)
    console.print(f"    {page.url}", style="dim", markup=False, soft_wrap=True)
    if page.document is not None:
        console.print(page.document.text[:BEGINNING], markup=False)


def show_found(console: Console, found: Found, doubles: Sequence[str], *, chosen: int) -> None:
    """What an address turned out to be, and the ways to read it; `chosen` counts from 1."""
    titled = f" “{found.sight.title}”" if found.sight.title else ""
    if not found.trouble or titled:
        console.print(f"The address is {NATURES[found.sight.nature]}{titled}.", markup=False)
    for asked in found.asked:
        console.print(f"  asked {asked}", style="dim", markup=False)
    for double in doubles:
        console.print(f"  {double}", style="yellow", markup=False)
    for number, proposal in enumerate(found.proposals, 1):
        _show_proposal(console, number, proposal, chosen=number == chosen)
    if not found.proposals:
        console.print(found.trouble or "There is nothing new to add.", style="red", markup=False)


def _show_proposal(console: Console, number: int, proposal: Proposal, *, chosen: bool) -> None:
    dated = sum((item.published_at or item.updated_at) is not None for item in proposal.items)
    style = "bold" if chosen else None
    console.print(f"{number}  {proposal.kind}, {proposal.how}", style=style, markup=False)
    console.print(f"   {proposal.url}", style="dim", markup=False, soft_wrap=True)
    for name, value in proposal.options.items():
        console.print(f"   {name}: {value}", style="dim", markup=False)
    console.print(f"   {len(proposal.items)} items, {dated} dated", markup=False)
    for item in proposal.items[: 10 if chosen else SHOWN]:
        moment = item.published_at or item.updated_at
        date = f"{moment:%Y-%m-%d}" if moment else "undated   "
        console.print(f"     {date}  {item.title or '(no title)'}", markup=False)


def show_rows(console: Console, rows: Sequence[SourceRow], path: Path) -> None:
    """Rows as they would be written."""
    console.print(f"For {path.as_posix()}:", markup=False)
    for row in rows:
        for line in row.lines():
            console.print(f"  {line}", markup=False, soft_wrap=True)


def say_written(console: Console, rows: Sequence[SourceRow], file: Path | None, *, hint: str) -> None:
    """The last line: what was written where, and what comes next."""
    if not rows:
        console.print("Nothing was written: there is nothing new.")
    elif file is None:
        console.print(f"Nothing was written{f'; {hint}' if hint else ''}.", markup=False)
    else:
        first = rows[0].id
        count = first if len(rows) == 1 else f"{len(rows)} sources"
        console.print(f"Wrote {count} to {file}.", markup=False)
        console.print(f"Next: `monazite sources test {first}`, then `enabled: yes`.", markup=False)


def show_import(console: Console, planned: Import, steps: Sequence[str]) -> None:
    """What a list of feeds comes to."""
    for step in steps:
        console.print(f"note: {step}", style="yellow", markup=False)
    for row in planned.rows[:LISTED]:
        console.print(f"new      {row.id}  {row.publisher}", markup=False)
    _more(console, len(planned.rows))
    for name, passed in (("known", planned.known), ("refused", planned.refused)):
        for entry in passed[:LISTED]:
            console.print(f"{name:<8} {entry.what or '(nothing)'}: {entry.why}", style="dim", markup=False)
        _more(console, len(passed))
    console.print(f"{len(planned.rows)} new, {len(planned.known)} known, {len(planned.refused)} refused.")


def _more(console: Console, number: int) -> None:
    if number > LISTED:
        console.print(f"         and {number - LISTED} more", style="dim")


def found_as_data(found: Found, doubles: Sequence[str], row: SourceRow | None, file: Path | None) -> dict[str, Any]:
    """For scripts."""
    return {
        "nature": found.sight.nature,
        "title": found.sight.title,
        "proposals": [
            {
                "kind": proposal.kind,
                "url": proposal.url,
                "how": proposal.how,
                "options": dict(proposal.options),
                "worth": proposal.worth,
                "items": [_item_as_data(item) for item in proposal.items],
            }
            for proposal in found.proposals
        ],
        "asked": found.asked,
        "known": doubles,
        "row": row,
        "written": str(file) if file is not None else None,
        "trouble": found.trouble,
    }


def _item_as_data(item: Item) -> dict[str, object]:
    return {"title": item.title, "url": item.url, "date": item.published_at or item.updated_at}


def import_as_data(planned: Import, steps: Sequence[str], file: Path | None) -> dict[str, Any]:
    """For scripts."""
    return {
        "rows": planned.rows,
        "known": planned.known,
        "refused": planned.refused,
        "notes": steps,
        "written": str(file) if file is not None else None,
    }
