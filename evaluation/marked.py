"""Findings from marked-up sentences: what gold files and tests are written in.

Marks stand in the text and are taken out of it:
  <s who=KEY act=threat as=direct said=2031-03-03 cue=reiterated deadline=2031-04-01>words of a statement</s>
  <if c=1 form=unless realis=factual op=and neg line=A>an alternative of condition 1</if>  <then c=1>what follows</then>
  <e who=KEY realis=planned when=2031-03-03 negated>words of an event</e>
A condition or event belongs to the statement it stands in, else to the outlet. `line` names the gold line of an
alternative. Actors are found wherever one of their printed names stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from onrecord.records.actors import Actor, ActorType, LinkBasis, Mention, MentionKind, Office
from onrecord.records.documents import Basis, DateRange, Document, Outlet, Part, PartKind, hash_text
from onrecord.records.findings import (
    Act,
    Attribution,
    Condition,
    Directness,
    Event,
    EventRealis,
    Findings,
    Form,
    Operator,
    Realis,
    Speaker,
)
from onrecord.records.spans import Span, Spans

TAG = re.compile(r"<(/?)(s|if|then|e)((?:\s+[a-z]+(?:=(?:\"[^\"]*\"|[^\s>\"]+))?)*)\s*>")
SETTING = re.compile(r"([a-z]+)(?:=(?:\"([^\"]*)\"|([^\s>\"]+)))?")
Settings = Mapping[str, str]


@dataclass
class Marked:
    """A piece of text under a mark: its kind, settings and place, and the statement it stands in (number, or None)."""

    kind: str
    settings: Settings
    start: int
    end: int = -1
    within: int | None = None


@dataclass(frozen=True)
class GoldStep:
    """A step as a reader sees it. day: ISO, or "". parts: what changed, where it hardened or softened."""

    status: str
    day: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoldLine:
    """A line as a reader sees it, its steps in order."""

    name: str
    issuer: str
    steps: tuple[GoldStep, ...]
    rollup: str | None


@dataclass(frozen=True)
class Question:
    """A supposed event and the gold lines it would meet."""

    event: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A short coverage with its gold. labels: (document id, span of the alternative) -> name of the gold line."""

    name: str
    findings: tuple[Findings, ...]
    labels: Mapping[tuple[str, Span], str]
    lines: tuple[GoldLine, ...]
    questions: tuple[Question, ...]


@dataclass
class Sheet:
    """What the marks of one document say."""

    text: str
    marks: list[Marked] = field(default_factory=list)


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a gold file."""
    return tuple(form_case(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"])


def form_case(entry: Mapping[str, Any]) -> Case:
    """One case of a gold file."""
    actors = form_actors(entry["actors"])
    read = [mark_document(document, actors) for document in entry["documents"]]
    labels = {(findings.document.id, span): name for findings, given in read for span, name in given.items()}
    return Case(
        name=entry["name"],
        findings=tuple(findings for findings, _ in read),
        labels=labels,
        lines=tuple(_gold_line(name, given) for name, given in entry.get("lines", {}).items()),
        questions=tuple(Question(each["event"], tuple(each["lines"])) for each in entry.get("whatif", ())),
    )


def _gold_line(name: str, given: Mapping[str, Any]) -> GoldLine:
    steps = tuple(read_step(step) for step in given.get("steps", ()))
    return GoldLine(name, given["issuer"], steps, given.get("rollup"))


def read_step(given: str) -> GoldStep:
    """A step from its words: a status, its day if it is known, the parts that changed ("hardened 2031-04-01 scope")."""
    status, *rest = given.split()
    days = [word for word in rest if word[0].isdigit()]
    return GoldStep(status, days[0] if days else "", tuple(word for word in rest if word not in days))


def form_actors(given: Mapping[str, Mapping[str, Any]]) -> tuple[Actor, ...]:
    """Actors by key. type: person unless said. names: every printed form. for: the key of the state spoken for."""
    return tuple(
        Actor(
            id=key,
            name=each["names"][0],
            type=ActorType(each.get("type", "person")),
            key=each.get("key") or f"{each.get('type', 'person')}:{each['names'][0].casefold()}",
            country=each.get("country"),
            printed=tuple(each["names"]),
            offices=(Office(each["office"]),) if "office" in each else (),
        )
        for key, each in given.items()
    )


def mark_document(
    given: Mapping[str, Any], actors: tuple[Actor, ...], behalf: Mapping[str, str] | None = None
) -> tuple[Findings, dict[Span, str]]:
    """The findings of one marked document, and the gold line of each labelled alternative.

    given: text, and where known outlet, published (ISO day), headline (its first line is one).
    """
    sheet = read_marks(given["text"])
    document = _form_document(sheet.text, given)
    attributions = tuple(_form_attribution(sheet, number, mark, actors) for number, mark in _numbered(sheet, "s"))
    conditions, labels = _form_conditions(sheet)
    events = tuple(_form_event(number, mark) for number, mark in _numbered(sheet, "e"))
    findings = Findings(
        document,
        mentions=tuple(_find_mentions(sheet.text, actors)),
        actors=actors,
        attributions=attributions,
        conditions=conditions,
        events=events,
        annotator="by hand",
    )
    return findings, labels


def read_marks(marked: str) -> Sheet:
    """The text without its marks, and what they say. Raises ValueError where a mark is not closed."""
    sheet, out, place, open_marks = Sheet(""), [], 0, list[Marked]()
    statements = 0
    for tag in TAG.finditer(marked):
        out.append(marked[place : tag.start()])
        here = sum(map(len, out))
        place = tag.end()
        if tag.group(1):
            mark = open_marks.pop()
            if mark.kind != tag.group(2):
                raise ValueError(f"needed </{mark.kind}>, got {tag.group()} in {marked[:60]!r}")
            mark.end = here
            continue
        settings = {name: quoted or plain or "yes" for name, quoted, plain in SETTING.findall(tag.group(3))}
        within = next((each.settings["number"] for each in reversed(open_marks) if each.kind == "s"), None)
        mark = Marked(tag.group(2), settings, here, within=int(within) if within is not None else None)
        if mark.kind == "s":
            statements += 1
            mark.settings = {**settings, "number": str(statements)}
        open_marks.append(mark)
        sheet.marks.append(mark)
    if open_marks:
        raise ValueError(f"<{open_marks[-1].kind}> is not closed in {marked[:60]!r}")
    sheet.text = "".join((*out, marked[place:]))
    return sheet


def _numbered(sheet: Sheet, kind: str) -> Iterator[tuple[int, Marked]]:
    yield from enumerate((mark for mark in sheet.marks if mark.kind == kind), start=1)


def _form_document(text: str, given: Mapping[str, Any]) -> Document:
    title = text.split("\n", 1)[0]
    parts = (Part(Span(0, len(title)), PartKind.HEADLINE),) if given.get("headline") else ()
    outlet = Outlet(given["outlet"], Basis.GIVEN) if given.get("outlet") else Outlet()
    return Document(
        hash_text(text), "by hand", title, text, outlet=outlet, published=form_day(given.get("published")), parts=parts
    )


def form_day(given: object) -> DateRange:
    """An ISO day, or two joined by "..", as a range; unknown where nothing is given."""
    if not given:
        return DateRange()
    first, _, last = str(given).partition("..")
    return DateRange(date.fromisoformat(first), date.fromisoformat(last or first), Basis.GIVEN, "by hand")


def _form_attribution(sheet: Sheet, number: int, mark: Marked, actors: tuple[Actor, ...]) -> Attribution:
    given = mark.settings
    speaker = next((actor for actor in actors if actor.id == given.get("who")), None)
    said = given.get("said")
    return Attribution(
        id=f"s{number}",
        source=(),
        cue=_find_cue(sheet.text, mark, given.get("cue")),
        content=(Span(mark.start, mark.end),),
        directness=Directness(given.get("as", "direct")),
        speaker=_form_speaker(speaker, given),
        act=Act(given.get("act", "threat")),
        within=f"s{mark.within}" if mark.within is not None else None,
        said_on=form_day(said) if said else None,
        score=0.9,
        produced_by="by hand",
        deadline=form_day(given["deadline"]) if "deadline" in given else None,
    )


def _form_speaker(actor: Actor | None, given: Settings) -> Speaker:
    if actor is None:
        return Speaker(None, given.get("name"), LinkBasis.NONE, 0.0, "not linked")
    return Speaker(actor.id, actor.name, LinkBasis.NAME, on_behalf_of=given.get("for"))


def _find_cue(text: str, mark: Marked, word: str | None) -> Spans:
    if word is None:
        return ()
    before, after = text.rfind(word, 0, mark.start), text.find(word, mark.end)
    start = before if before >= 0 and (after < 0 or mark.start - before < after - mark.end) else after
    return (Span(start, start + len(word)),) if start >= 0 else ()


def _form_conditions(sheet: Sheet) -> tuple[tuple[Condition, ...], dict[Span, str]]:
    numbers = dict.fromkeys(mark.settings["c"] for mark in sheet.marks if mark.kind == "if")
    labels: dict[Span, str] = {}
    formed = []
    for number in numbers:
        clauses = [mark for mark in sheet.marks if mark.kind == "if" and mark.settings["c"] == number]
        results = [mark for mark in sheet.marks if mark.kind == "then" and mark.settings["c"] == number]
        labels |= {Span(mark.start, mark.end): mark.settings["line"] for mark in clauses if "line" in mark.settings}
        formed.append(_form_condition(number, clauses, results))
    return tuple(formed), labels


def _form_condition(number: str, clauses: list[Marked], results: list[Marked]) -> Condition:
    given = clauses[0].settings
    within = clauses[0].within
    return Condition(
        id=f"c{number}",
        attribution=f"s{within}" if within is not None else None,
        form=Form(given.get("form", "if")),
        cue=(),
        condition=tuple((Span(mark.start, mark.end),) for mark in clauses),
        operator=Operator(given.get("op", "or")),
        consequence=tuple(Span(mark.start, mark.end) for mark in results),
        realis=Realis(given.get("realis", "open")),
        score=0.9,
        produced_by="by hand",
        negated="neg" in given,
    )


def _form_event(number: int, mark: Marked) -> Event:
    given = mark.settings
    span = Span(mark.start, mark.end)
    return Event(
        id=f"e{number}",
        spans=(span,),
        trigger=span,
        kind=given.get("kind", "event"),
        who=(given["who"],) if "who" in given else (),
        whom=(),
        where=(),
        when=form_day(given["when"]) if "when" in given else None,
        realis=EventRealis(given.get("realis", "asserted")),
        attribution=f"s{mark.within}" if mark.within is not None else None,
        code=None,
        score=0.9,
        produced_by="by hand",
        negated="negated" in given,
    )


def _find_mentions(text: str, actors: tuple[Actor, ...]) -> Iterator[Mention]:
    found = (
        (match.start(), match.end(), actor)
        for actor in actors
        for name in actor.printed
        for match in re.finditer(rf"\b{re.escape(name)}", text)
    )
    for number, (start, end, actor) in enumerate(sorted(found, key=lambda each: each[:2]), start=1):
        yield Mention(f"m{number}", Span(start, end), actor.type, MentionKind.NAME, actor.id, 1.0, "by hand")
