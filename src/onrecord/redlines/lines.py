"""Red lines across documents: drafts are joined, each group becomes a line with its history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from onrecord.records.findings import Act, Findings, Realis
from onrecord.records.redlines import LineMention, Near, RedLine, Statement, StatusEntry
from onrecord.records.rulings import JoinRuling
from onrecord.records.scores import Encoder
from onrecord.redlines.drafts import POINTING, Draft
from onrecord.redlines.evidence import consequences_of, differently_worded, may_concern
from onrecord.redlines.history import find_holes, order_entries, roll_up, write_history
from onrecord.redlines.joining import Group, Reasons, join_drafts
from onrecord.redlines.occasions import nearness, time_key
from onrecord.redlines.people import form_cast
from onrecord.redlines.reading import Reading, form_coverage, list_days, texts_of
from onrecord.redlines.settled import line_id
from onrecord.redlines.steps import Coverage, Line, begin_line
from onrecord.redlines.succession import find_successions, replaced_entry
from onrecord.redlines.vectors import Vectors

LEADING = ("now ", "if ", "should ", "in case ", "once ", "when ", "unless ", "until ", "that ", "then ")
MARKS = " \t\n\u00a0,;:."
MOST_NEAR = 5  # lines that may be this one: more are not looked through
QUOTES = "\"'“”‘’«»"
STRENGTH = {
    act: place
    for place, act in enumerate((Act.RED_LINE, Act.ULTIMATUM, Act.THREAT, Act.PRECONDITION, Act.REFUSAL, Act.POSITION))
}


def form_red_lines(
    findings: tuple[Findings, ...], statements: tuple[Statement, ...], encoder: Encoder
) -> tuple[RedLine, ...]:
    """The red lines of a coverage with their histories, by issuer and time. The order of the input does not matter."""
    spoken: dict[str, list[Statement]] = {}
    for statement in statements:
        spoken.setdefault(statement.document, []).append(statement)
    cast = form_cast(findings)
    readings = [Reading(each, tuple(spoken.get(each.document.id, ())), cast) for each in findings]
    drafts = tuple(draft for reading in readings for draft in reading.drafts)
    if not drafts:
        return ()
    coverage = form_coverage(readings, cast.unified, list_days(readings), Vectors(encoder, texts_of(drafts)))
    return form_lines(drafts, coverage, cast.names)


def form_lines(
    drafts: Sequence[Draft],
    coverage: Coverage,
    names: Mapping[str, str],
    beside: Iterable[Draft] = (),
    rulings: Iterable[JoinRuling] = (),
    reasons: Reasons | None = None,
) -> tuple[RedLine, ...]:
    """The red lines that these drafts draw, by issuer and time.

    coverage: every document that concerns these drafts, or more. names: of people, by key. beside, rulings, reasons:
    see `join_drafts`.
    """
    return draw_lines(join_drafts(drafts, coverage.vectors, beside, rulings, reasons), coverage, names)


def draw_lines(groups: Iterable[Group], coverage: Coverage, names: Mapping[str, str]) -> tuple[RedLine, ...]:
    """The red lines of drafts that were joined, by issuer and time. coverage, names: see `form_lines`."""
    lines = {line_id(_earliest(group.drafts).mention): group for group in groups}
    begun = {name: begin_line(name, group.drafts) for name, group in lines.items()}
    coverage.vectors.add(texts_to_compare(begun.values(), coverage))
    histories = {name: write_history(line, coverage) for name, line in begun.items()}
    formed = tuple(_form_line(begun[name], group, histories[name], coverage, names) for name, group in lines.items())
    named = {draft.mention.id: name for name, group in lines.items() for draft in group.drafts}
    near = {name: tuple(islice(_list_near(group, named), MOST_NEAR)) for name, group in lines.items()}
    linked = (replace(line, near=near[line.id]) for line in _link_lines(formed, begun, coverage))
    return tuple(sorted(linked, key=_line_key))


def _list_near(group: Group, named: Mapping[str, str]) -> Iterator[Near]:
    """The lines that may be this one, most alike first, each once. named: the line of each mention."""
    links = [(link, mention) for mention, several in group.near.items() for link in several]
    seen: set[str] = set()
    for link, mention in sorted(links, key=lambda each: (-each[0].verdict.score, each[1], each[0].to.mention.id)):
        other = named[link.to.mention.id]
        if other not in seen:
            seen.add(other)
            yield Near(other, mention, link.to.mention.id, link.verdict.score, link.verdict.reason)


def ids_of(line: RedLine) -> tuple[str, ...]:
    """Every id this line may have had while less of the coverage was known, its own first."""
    others = (line_id(mention) for mention in line.mentions)
    return tuple(dict.fromkeys((line.id, *others)))


def texts_to_compare(lines: Iterable[Line], coverage: Coverage) -> Iterator[str]:
    """The texts and words of the reports that a closer look will compare with a line."""
    for line in lines:
        worded = differently_worded(line.drafts)
        reports = coverage.reports_of(line.drafts, line.scope)
        alike = {(report.gist.text, report.core.text, report.denied, report.told): report for report in reports}
        for report in alike.values():
            if any(may_concern(report, draft) for draft in worded):
                yield from (report.gist.text, *report.gist.forms.values())
        yield from (report.gist.text for report in coverage.deeds_of(consequences_of(line.drafts)))
        yield from (scene.gist.text for scene in coverage.scenes_of(line.drafts, line.scope))


def _earliest(drafts: Sequence[Draft]) -> Draft:
    """The chronologically first draft that draws the line."""
    live = [draft for draft in drafts if draft.live]
    return min(live or drafts, key=lambda draft: time_key(draft.mention))


def _form_line(
    line: Line, group: Group, history: tuple[StatusEntry, ...], coverage: Coverage, people: Mapping[str, str]
) -> RedLine:
    first = _clearest(line)
    mentions = tuple(
        _finish_mention(draft, group, line) for draft in sorted(line.drafts, key=lambda each: time_key(each.mention))
    )
    live = [draft for draft in line.drafts if draft.live]
    return RedLine(
        id=line.id,
        issuer=first.issuer.key,
        issuer_name=people.get(first.issuer.key or "", first.issuer.name),
        on_behalf_of=first.issuer.behalf,
        act=min((draft.act for draft in live), key=lambda act: STRENGTH[act]),
        condition=_wording(first.mention.condition_text),
        consequence=_wording(first.mention.consequence_text) or first.refusal or _consequence_beside(first, line),
        operator=first.mention.operator,
        mentions=mentions,
        history=history,
        rollup=roll_up(history),
        holes=find_holes(history, coverage.days),
        score=round(sum(mention.score for mention in mentions) / len(mentions), 3),
    )


def _consequence_beside(first: Draft, line: Line) -> str:
    """What follows, where the words that draw the line leave it to the sentence behind ("if it goes up, …")."""
    beside = (draft for draft in line.drafts if draft.borrowed and draft.mention.document == first.mention.document)
    return next((_wording(draft.mention.consequence_text) for draft in beside if draft.issuer == first.issuer), "")


def _clearest(line: Line) -> Draft:
    """The draft whose words stand for the line: of the first occasion on which its own words were whole."""
    live = [draft for occasion in line.occasions for draft in occasion.drafts if draft.live]
    spoken = [draft for draft in live if nearness(draft)[0] == 0 and draft.mention.consequence and not draft.borrowed]
    first = (spoken or sorted(live, key=lambda draft: (time_key(draft.mention)[:2], nearness(draft))))[0]
    beside = (draft for draft in live if draft.mention.document == first.mention.document and draft.mention.consequence)
    named = (draft for draft in beside if draft.issuer == first.issuer and not _points(draft))
    return next(named, first) if _points(first) else first


def _points(draft: Draft) -> bool:
    """Whether a condition leaves to other words what it is about: "they sign that contract"."""
    words = draft.mention.condition_text.casefold().split()
    return bool(words) and words[0] in POINTING


def _wording(text: str) -> str:
    """A condition or consequence as we print it: its own words on one line, without the conjunction and outer marks."""
    plain = _without_marks(" ".join(text.split()))
    for word in LEADING:
        if plain.casefold().startswith(word):
            return _without_marks(plain[len(word) :])
    return plain


def _without_marks(text: str) -> str:
    """The text without outer marks; a quotation mark whose partner stands inside is kept."""
    plain = text.strip(MARKS)
    while plain[:1] in QUOTES and plain[:1] and (plain[-1:] in QUOTES or not _has_quote(plain[1:])):
        plain = plain[1:].strip(MARKS)
    while plain[-1:] in QUOTES and plain[-1:] and not _has_quote(plain[:-1]):
        plain = plain[:-1].strip(MARKS)
    return plain


def _has_quote(text: str) -> bool:
    return any(mark in QUOTES for mark in text)


def _finish_mention(draft: Draft, group: Group, line: Line) -> LineMention:
    """The mention with what joined it to its line."""
    mention, link = draft.mention, group.links.get(draft.mention.id)
    if mention.id == _earliest(line.drafts).mention.id or link is None:
        return replace(mention, rule="first", reason=f"draws the line: {draft.reason}")
    shown = "supposed" if mention.realis is Realis.HYPOTHETICAL else "joined"
    reason = (
        f"like the mention {link.to.mention.id} of {link.to.issuer.name or 'the same speaker'}: {link.verdict.reason}"
    )
    return replace(mention, rule=shown, score=link.verdict.score, reason=reason)


def _link_lines(formed: Sequence[RedLine], begun: Mapping[str, Line], coverage: Coverage) -> Iterator[RedLine]:
    """The lines with their relations: alternatives of one sentence, and those that words put in another's place."""
    successions = find_successions(begun, coverage)
    related = _relate(begun)
    for line in formed:
        entries = [*line.history]
        for succession in successions:
            if succession.old == line.id:
                entries = [entry for entry in entries if not entry.inferred]
                entries.append(replaced_entry(begun[succession.new], succession, coverage))
        history = order_entries(entries)
        successor_of = next((each.old for each in successions if each.new == line.id), None)
        yield replace(
            line, history=history, rollup=roll_up(history), related=related.get(line.id, ()), successor_of=successor_of
        )


def _relate(begun: Mapping[str, Line]) -> dict[str, tuple[str, ...]]:
    """For each line the others that stand beside it in one sentence, joined by “or”."""
    beside: dict[str, set[str]] = {}
    for name, line in begun.items():
        for draft in line.drafts:
            beside.setdefault(draft.siblings, set()).add(name)
    related: dict[str, set[str]] = {}
    for names in beside.values():
        for name in names:
            related.setdefault(name, set()).update(names - {name})
    return {name: tuple(sorted(others)) for name, others in related.items()}


def _line_key(line: RedLine) -> tuple[str, object, str]:
    first = min(time_key(mention) for mention in line.mentions)
    return (line.on_behalf_of or line.issuer or line.issuer_name, first, line.id)
