"""Invented coverage of one accident: an agency's text, two papers that print it, and a report of its own."""

from datetime import date
from pathlib import Path

from onrecord.ledger import open_ledger
from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Basis, DateRange, Document, Outlet, hash_text
from onrecord.records.findings import Event, EventRealis, Figure, Findings, WordingUse
from onrecord.records.spans import Span

WIRE = (
    "SARN, 4 May (Norda) - The harbour office said on Saturday that 14 dockers had been hurt when a crane fell into "
    "the so-called free basin. Orlia has controlled Sarn since the spring of last year. Nobody has been charged so "
    "far, and the union wants every crane of that make taken out of service before the season opens in June."
)
OWN = (
    "Families in Sarn wait for news. The clinic spoke of 17 dockers hurt at the basin on Saturday, some of them badly; "
    "relatives stood in the rain all night while the harbour office said nothing that they could use."
)
TEXTS = {
    "Norda": WIRE,
    "Herald": "Crane falls in Sarn\n\nBy our staff\n\n" + WIRE + "\n\nRead more on page 4.",
    "Mirror": "Accident at the quay\n\n" + WIRE.replace("14 dockers", "41 dockers"),
    "Voice": OWN,
}
DAY = DateRange(date(2024, 5, 4), date(2024, 5, 4), Basis.METADATA)


def made_ledger(path: Path) -> Path:
    """A ledger with the four articles."""
    with open_ledger(path).writer() as writer:
        for outlet, text in TEXTS.items():
            writer.add(made_findings(outlet, text), ())
    return path


def made_findings(outlet: str, text: str) -> Findings:
    """One article: a figure, people injured, who controls Sarn, and a term, where the text has them."""
    document = Document(
        hash_text(text), f"made/{outlet}.txt", f"From {outlet}", text, "en", Outlet(outlet, Basis.METADATA), DAY
    )
    sarn = Actor("a1", "Sarn", ActorType.PLACE, "place:sarn", "OR", None, ("Sarn",))
    orlia = Actor("a2", "Orlia", ActorType.STATE, "state:orlia", "OR", None, ("Orlia",))
    named = [(actor, _find(text, actor.name)) for actor in (sarn, orlia)]
    mentions = tuple(
        Mention(f"m{n}", span, actor.type, MentionKind.NAME, actor.id, 1.0, "made")
        for n, (actor, span) in enumerate(named)
        if span
    )
    links = tuple(ActorLink(each.span, each.actor, LinkBasis.NAME, 1.0, "made") for each in mentions)
    actors = tuple(actor for actor, span in named if span)
    return Findings(
        document, mentions, actors, events=_events(text), figures=_figures(text), wordings=_wordings(text), links=links,
        annotator="made-1",
    )  # fmt: skip


def _find(text: str, words: str) -> Span | None:
    at = text.find(words)
    return Span(at, at + len(words)) if at >= 0 else None


def _events(text: str) -> tuple[Event, ...]:
    hurt, held, sarn = _find(text, "hurt"), _find(text, "controlled"), _find(text, "Sarn since")
    told: list[tuple[Span | None, str, tuple[str, ...], tuple[Span, ...]]] = [(hurt, "injury", (), ())]
    told += [(held, "control", ("a2",), (Span(sarn.start, sarn.start + 4),))] if sarn else []
    return tuple(
        Event(f"e{n}", (span,), span, kind, who, (), where, None, EventRealis.ASSERTED, None, None, 0.8, "made")
        for n, (span, kind, who, where) in enumerate(told)
        if span
    )


def _figures(text: str) -> tuple[Figure, ...]:
    at = text.index(" dockers")
    span, counted = Span(at - 2, at), Span(at + 1, at + 8)
    hurt = _find(text, "hurt")
    value = text[span.start : span.end]
    counts = (counted, hurt) if hurt else (counted,)
    return (Figure("f1", span, value, value, None, "people", (), counts, (), None, None, 0.9, "made"),)


def _wordings(text: str) -> tuple[WordingUse, ...]:
    term = _find(text, "free basin")
    return (WordingUse("w1", term, "basin", "free basin", None, "so_called", 0.8, "made"),) if term else ()
