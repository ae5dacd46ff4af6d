"""Notice when a source may have changed hands. Pure.

Two signs: it answers from a registrable domain that is not its own, or most of its items suddenly link to domains that
none of its earlier answers had, and its titles are in another language or another program makes the feed. An
aggregator links to new domains all the time, so of one only the first sign counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.parse.domain import domain_of, registrable
from bot.types.document import Document, Gathered
from bot.types.levels import Authority
from bot.types.source import Fetched, Source, Trust
from bot.understand.language import UNKNOWN, identify

_LINKS = 5  # items with a link, from which on links say something
_MOST = 0.6  # of them
_MANY_PLACES = 0.5  # domains per item, from which on a source links to whatever there is
_REMEMBERED = 500  # domains
_NAMED = 5  # new domains, the most frequent ones, that approving takes over
_TITLES = 20  # that are looked at for their language


def own_domains(source: Source, trust: Trust) -> tuple[str, ...]:
    """The domains that a source may answer from: that of its address first."""
    named = (domain_of(source.url), *map(registrable, source.domains), *trust.approved)
    return tuple(dict.fromkeys(filter(None, named)))


def moved(fetched: Iterable[Fetched]) -> tuple[str, ...]:
    """Addresses from which answers came though another domain was asked."""
    return tuple(f.final_url for f in fetched if domain_of(f.final_url) != domain_of(f.request.url))


def examine(source: Source, trust: Trust, addresses: Sequence[str], gathered: Gathered | None) -> Trust:
    """What is to be thought of a source after an answer.

    A doubt stays until its domains are allowed, by an operator or by the rule file; then, as at the first answer, what
    the source is like is learned anew. While it stays nothing is learned.

    Args:
        source: As the rule files have it.
        trust: What was thought of it before.
        addresses: Where its answers came from that it was not asked at, see `moved`.
        gathered: What they held; None when that has not changed.
    """
    own = own_domains(source, trust)
    if trust.doubt and set(trust.doubted) <= set(own):
        trust = Trust(approved=trust.approved)
    strange = next((found for found in map(domain_of, addresses) if found and found not in own), None)
    if strange is not None:
        return replace(trust, doubt=f"It now answers from {strange}, not from {own[0]}.", doubted=(strange,))
    if trust.doubt or gathered is None:
        return trust
    documents = [document for document, _ in gathered.documents]
    linked = Counter(filter(None, (domain_of(document.canonical_url) for document in documents)))
    new = Counter({name: count for name, count in linked.items() if name not in trust.links and name not in own})
    enough = linked.total() >= _LINKS
    if trust.links and not trust.roams and enough and new.total() >= _MOST * linked.total():
        change = _change(source, trust, documents, gathered.generator)
        if change:
            names = tuple(name for name, _ in new.most_common(_NAMED))
            return replace(trust, doubt=f"Most of its items now link to {names[0]}, and {change}.", doubted=names)
    if not linked:
        return trust
    known = [name for name in trust.links if name not in linked]
    return replace(
        trust,
        links=(*known, *linked)[-_REMEMBERED:],
        roams=trust.roams or (enough and len(linked) >= _MANY_PLACES * linked.total()),
        language=trust.language or _language(source, documents),
        generator=gathered.generator,
    )


def approve(trust: Trust) -> Trust:
    """What is thought of a source whose doubt an operator ended: its new domains are its own."""
    return Trust(approved=tuple(dict.fromkeys((*trust.approved, *trust.doubted))))


def marked(document: Document, trust: Trust) -> Document:
    """A document as it may be believed: one of a source in doubt speaks for nobody."""
    return replace(document, doubt=trust.doubt, authority=Authority.UNKNOWN) if trust.doubt else document


def _change(source: Source, trust: Trust, documents: Sequence[Document], generator: str) -> str:
    """What else changed about a source, as half a sentence; "" when nothing did."""
    if generator != trust.generator:
        return f"its feed is made by {generator or 'another program'} instead of {trust.generator or 'another program'}"
    language = _language(source, documents)
    if language in (UNKNOWN, trust.language, *source.languages):
        return ""
    return f"its titles are in another language ({language})"


def _language(source: Source, documents: Sequence[Document]) -> str:
    titles = "\n".join(document.title for document in documents[:_TITLES])
    return identify(titles, sources=source.languages)[0]
