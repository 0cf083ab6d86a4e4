"""Links of mentions to actors, and joins of mentions to red lines: judged like records, though no row is theirs alone.

A link is found through its document, as `DOCUMENT:START-END`, a join through its line, as `LINE:MENTION`.
"""

import re
from collections.abc import Callable, Collection, Iterable

from onrecord.errors import LedgerError
from onrecord.ledger.bodies import Body
from onrecord.ledger.building import build_found
from onrecord.ledger.contract import View
from onrecord.records.findings import Findings
from onrecord.records.ids import drawn_id, join_id, link_id, mention_id
from onrecord.records.redlines import LineMention, RedLine
from onrecord.records.rows import Filter, Found, JoinRow, LineRow, LinkRow, ReviewState
from onrecord.records.spans import Span, quote_spans

LINK_NAME = re.compile(r"((?:sha256:)?[0-9a-f]{4,64}):(\d{1,9})-(\d{1,9})")
JOIN_NAME = re.compile(r"([0-9a-f]{4,12}):([0-9a-f]{4,12})")
MOST_OTHERS = 50  # lines of the same issuer that a mention may belong to instead


def link_ids(findings: Findings) -> tuple[str, ...]:
    """The ids of all links of one document, in their order."""
    keys = {actor.id: actor.key for actor in findings.actors}
    return tuple(link_id(findings.document.id, link.span, keys.get(link.actor or "")) for link in findings.links)


def join_ids(line: RedLine) -> tuple[str, ...]:
    """The ids of the joins of a line's mentions to it, in their order."""
    return tuple(join_id(line.id, mention.id) for mention in line.mentions)


def drawn_ids(line: RedLine) -> frozenset[str]:
    """The ids that a line has, or had while less of the coverage was known."""
    return frozenset((line.id, *(drawn_id(each.document, each.condition, each.consequence) for each in line.mentions)))


def mention_ids(findings: Findings) -> frozenset[str]:
    """The ids of all passages of one document that may belong to a line, also of those that draw none by themselves."""
    conditions = ((each, tuple(filter(None, each.condition))) for each in findings.conditions)
    return frozenset(
        mention_id(findings.document.id, alternative, condition.consequence)
        for condition, filled in conditions
        for alternative in (filled, *((each,) for each in filled))
    )


def lost_joins(joins: Iterable[str], lines: Iterable[RedLine], mentions: Collection[str]) -> list[str]:
    """Those of the joins whose line or passage is no more. mentions: ids of passages that draw a line or none.

    One that was rejected is not lost: its passage stands elsewhere, or draws no line.
    """
    listed = tuple(lines)
    drawn = {id for line in listed for id in drawn_ids(line)}
    mentions = {*mentions, *(mention.id for line in listed for mention in line.mentions)}
    named = ((id, *id.partition(":")[::2]) for id in joins)
    return [id for id, line, mention in named if line not in drawn or mention not in mentions]


def build_links(body: Body, state: Callable[[str], ReviewState]) -> tuple[LinkRow, ...]:
    """The links of one document in reading order."""
    findings, document = body.stored, body.document
    actors = {actor.id: actor for actor in findings.actors}
    rows = (
        LinkRow(
            id, document.id, link, actors.get(link.actor or ""), quote_spans(body.text, (link.span,)),
            document.outlet, document.published, document.title, state(id),
        )
        for id, link in zip(link_ids(findings), findings.links, strict=True)
    )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.link.span))


def find_part(view: View, name: str) -> Found | None:
    """The link or join that a name means; None where it is a name of neither kind.

    Raises LedgerError (`unknown_record`) where there is none of that name.
    """
    link, join = LINK_NAME.fullmatch(name), JOIN_NAME.fullmatch(name)
    if link is None and join is None:
        return None
    row = _find_link(view, *link.groups()) if link else _find_join(view, *join.groups()) if join else None
    if row is None:
        raise LedgerError(f"nothing on record is named {name}", code="unknown_record")
    return build_found("link" if isinstance(row, LinkRow) else "join", row.id, row, view.text)


def _find_link(view: View, document: str, start: str, end: str) -> LinkRow | None:
    return next((row for row in view.links(document) if row.link.span == Span(int(start), int(end))), None)


def _find_join(view: View, line: str, mention: str) -> JoinRow | None:
    row = view.line(line)
    id = join_id(row.line.id, mention)
    found = next((each for each in row.line.mentions if each.id == mention), None) or _find_taken_off(view, id, mention)
    if found is None:
        return None
    return JoinRow(id, row.line, found, _others(view, row), view.state(id))


def _find_taken_off(view: View, join: str, mention: str) -> LineMention | None:
    """The passage that a reviewer took off the line, where it stands now."""
    judged = view.judgements(join)
    rows = view.lines(Filter(document=judged[-1].passage.document, limit=MOST_OTHERS)).rows if judged else ()
    return next((each for row in rows for each in row.line.mentions if each.id == mention), None)


def _others(view: View, row: LineRow) -> tuple[RedLine, ...]:
    """The lines that may be this one, then the others of its issuer."""
    near = [view.line(each.line).line for each in row.line.near]
    rows = view.lines(Filter(who=row.line.issuer, limit=MOST_OTHERS)).rows if row.line.issuer is not None else ()
    known = {row.line.id, *(line.id for line in near)}
    return (*near, *(each.line for each in rows if each.line.id not in known))


def link_name(row: LinkRow) -> str:
    """The name of a link."""
    return f"{row.document.removeprefix('sha256:')[:12]}:{row.link.span.start}-{row.link.span.end}"


def name_of(found: Found) -> str:
    """The name under which a record is found again."""
    match found.record:
        case LinkRow() as row:
            return link_name(row)
        case JoinRow(line=line, mention=mention):
            return f"{line.id}:{mention.id}"
    return found.id
