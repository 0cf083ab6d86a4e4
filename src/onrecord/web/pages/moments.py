"""The timeline: what is dated, in order of time, drawn and as a list."""

from dataclasses import dataclass, replace

from onrecord.export.tables import count_outlets, moment_outlet
from onrecord.ledger.contract import View
from onrecord.lexicon.days import When, describe_when
from onrecord.lexicon.happenings import tell_event, tell_standing
from onrecord.lexicon.labels import ACT, STATUS
from onrecord.records.rows import EventRow, Filter, LineRow, Moment, StatementRow, StatusRow
from onrecord.records.spans import cover
from onrecord.stories.occurrences import join_moments
from onrecord.web.asking import Wanted
from onrecord.web.pages.strip import StripShown, strip_of
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import (
    CarrierShown,
    OutletShown,
    if_then,
    lead_word,
    list_carriers,
    show_carriers,
    show_outlet,
    source_href,
)
from onrecord.web.signs import STATUS_SIGN


@dataclass(frozen=True, slots=True)
class MomentShown:
    """One row of the timeline. label: what it is, in our words; of an event who did what to whom, where it is told.

    words: as printed for statements and events; our wording for a step of a line. standing: of an event how it stands
    and on whose word. outlets: how many carry it; carriers: those besides the one that is named.
    """

    kind: str
    id: str
    sign: str
    label: str
    when: When
    who: str
    words: str
    ours: bool
    outlet: OutletShown
    title: str
    href: str
    passage_href: str
    inferred: bool
    standing: str = ""
    outlets: int = 1
    carriers: tuple[CarrierShown, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Moments in order of time, with the strip that draws the lines among them."""

    moments: tuple[MomentShown, ...]
    strip: StripShown
    next: str | None


def timeline_page(view: View, wanted: Wanted) -> TimelinePage:
    """Steps of red lines, asserted events and statements other than plain positions."""
    found = view.timeline(wanted)
    lines: tuple[LineRow, ...] = view.lines(Filter(who=wanted.who, since=wanted.since, until=wanted.until)).rows
    moments = tuple(show_moment(moment) for moment in join_moments(found.rows, view.text))
    return TimelinePage(moments, strip_of(view, lines), found.next)


def show_moment(moment: Moment) -> MomentShown:
    """A moment as shown, whatever its record is."""
    record = moment.record
    if isinstance(record, StatusRow):
        return _of_status(moment, record)
    shown = _of_statement(moment, record) if isinstance(record, StatementRow) else _of_event(moment, record)
    outlets = count_outlets(moment_outlet(moment), moment.carriers)
    return replace(shown, outlets=outlets, carriers=show_carriers(moment.carriers))


def _of_status(moment: Moment, row: StatusRow) -> MomentShown:
    entry = row.entry
    passage = cover(entry.passage.spans) if entry.passage.spans else None
    return MomentShown(
        kind="step",
        id=entry.id,
        sign=STATUS_SIGN[entry.status],
        label=STATUS[entry.status].text,
        when=describe_when(moment.when),
        who=row.issuer_name,
        words=if_then(row.condition, row.consequence, lead_word(row.negated)),
        ours=True,
        outlet=show_outlet(entry.outlet),
        title="",
        href=f"/lines/{entry.line}#s{entry.id}",
        passage_href=source_href(entry.passage.document, passage),
        inferred=entry.inferred,
    )


def _of_statement(moment: Moment, row: StatementRow) -> MomentShown:
    statement = row.statement
    passage = cover(statement.content or statement.cue or statement.source)
    return MomentShown(
        kind="statement",
        id=statement.id,
        sign="quoted",
        label=ACT[statement.act].capitalize(),
        when=describe_when(moment.when),
        who=statement.speaker.name or "speaker not identified",
        words=statement.quote,
        ours=False,
        outlet=show_outlet(statement.outlet),
        title=row.title,
        href=f"/statements/{statement.id}",
        passage_href=source_href(statement.document, passage),
        inferred=False,
    )


def _of_event(moment: Moment, row: EventRow) -> MomentShown:
    return MomentShown(
        kind="event",
        id=row.id,
        sign="bar",
        label=tell_event(row),
        when=describe_when(moment.when),
        who="",
        words=row.sentence or row.text,
        ours=False,
        outlet=show_outlet(row.outlet),
        title=row.title,
        href=source_href(row.document, cover(row.event.spans or (row.event.trigger,))),
        passage_href=source_href(row.document, cover(row.event.spans or (row.event.trigger,))),
        inferred=False,
        standing=tell_standing(row),
    )


TIMELINE_COLUMNS = (
    "from", "to", "basis", "kind", "id", "label", "who", "standing", "words", "outlet", "outlets", "carriers",
    "inferred", "passage",
)  # fmt: skip


def _rows(page: TimelinePage) -> list[Row]:
    return [
        (
            moment.when.earliest,
            moment.when.latest,
            moment.when.basis,
            moment.kind,
            moment.id,
            moment.label,
            moment.who,
            moment.standing,
            moment.words,
            moment.outlet.name,
            moment.outlets,
            list_carriers(moment.carriers),
            "yes" if moment.inferred else "no",
            moment.passage_href,
        )
        for moment in page.moments
    ]


TIMELINE = Sheet(
    "timeline", "/timeline", "timeline.html", TimelinePage, timeline_page, TIMELINE_COLUMNS, _rows, "timeline",
    "What is dated, in order of time",
)  # fmt: skip
