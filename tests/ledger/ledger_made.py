"""Invented coverage, made from a seed: documents with everything found in them, statements and red lines."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Basis, DateRange, Document, Outlet, Part, PartKind, hash_text
from onrecord.records.findings import (
    Act,
    Attribution,
    Condition,
    Directness,
    Event,
    EventRealis,
    Figure,
    Findings,
    Form,
    Operator,
    Realis,
    Speaker,
    TimeExpression,
    WordingUse,
)
from onrecord.records.ids import form_id
from onrecord.records.judgements import Answer, Judgement
from onrecord.records.redlines import (
    LineMention,
    Passage,
    RedLine,
    RollUp,
    Statement,
    Status,
    StatusEntry,
)
from onrecord.records.spans import Span

OUTLETS = ("Harbour Post", "Delta Wire", "Evening Lantern", None)
SPEAKERS = ("Ilva Marét", "Tomas Brandt", "Oren Sadiki", "Council of Vell")
PLACES = ("Vell", "Sorrow Bay", "Upper Tarn", "the Kessel dam")
DEEDS = ("is flooded", "is annexed", "is put to a vote", "is fenced off")
ENDS = ("leave the talks", "close the strait", "recall our envoy", "stop the grain")
FILLER = (
    "Rain fell on the quay all morning.",
    "Nobody at the ferry office would comment.",
    "The mayor’s “so-called survey” drew laughter.",
    "Fishermen said prices had doubled since spring.",
)
ANNOTATOR = "made-1"


def made_findings(seed: int, annotator: str = ANNOTATOR, *, sentences: int = 3, undated: bool = False) -> Findings:
    """One invented article with `sentences` conditional statements and filler between them."""
    random = Random(seed)
    writing = _Writing(random, seed, annotator, undated)
    writing.head(f"Tension grows over {random.choice(PLACES)}, report {seed}")
    for number in range(sentences):
        writing.say(number)
        writing.add(random.choice(FILLER) + ("\u00a0" if random.random() < 0.3 else " "))
        writing.count(number)
    return writing.findings()


class _Writing:
    """Text so far, and what stands where in it."""

    def __init__(self, random: Random, seed: int, annotator: str, undated: bool) -> None:
        self.random, self.seed, self.annotator, self.undated = random, seed, annotator, undated
        self.text = ""
        self.parts: list[Part] = []
        self.mentions: list[Mention] = []
        self.links: list[ActorLink] = []
        self.actors: dict[str, Actor] = {}
        self.attributions: list[Attribution] = []
        self.conditions: list[Condition] = []
        self.figures: list[Figure] = []
        self.events: list[Event] = []
        self.times: list[TimeExpression] = []
        self.wordings: list[WordingUse] = []

    def add(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def head(self, title: str) -> None:
        self.parts.append(Part(self.add(title), PartKind.HEADLINE))
        self.title = title
        self.add("\n\n")

    def actor(self, name: str, span: Span) -> Actor:
        made = self.actors.get(name)
        if made is None:
            kind = ActorType.BODY if name.startswith("Council") else ActorType.PERSON
            key = name.lower().replace(" ", "-")
            made = Actor(
                f"a{len(self.actors) + 1}", name, kind, key, "VL", None, (name,), score=0.9, produced_by="made"
            )
            self.actors[name] = made
        mention = Mention(f"m{len(self.mentions) + 1}", span, made.type, MentionKind.NAME, made.id, 0.9, "made")
        self.mentions.append(mention)
        self.links.append(ActorLink(span, made.id, LinkBasis.NAME, 0.9, "same name"))
        return made

    def say(self, number: int) -> None:
        name = self.random.choice(SPEAKERS)
        source = self.add(name)
        actor = self.actor(name, source)
        self.add(" ")
        cue = self.add("warned")
        self.add(": “")
        condition_cue = self.add("If")
        self.add(" ")
        condition = self.add(f"{self.random.choice(PLACES)} {self.random.choice(DEEDS)}")
        self.add(", ")
        consequence = self.add(f"we {self.random.choice(ENDS)}")
        content = Span(condition_cue.start, consequence.end)
        self.add(".” ")
        id = f"s{number + 1}"
        self.attributions.append(
            Attribution(
                id, (source,), (cue,), (content,), self.random.choice(list(Directness)),
                Speaker(actor.id, name, LinkBasis.NAME), self.random.choice(list(Act)), None, None,
                round(self.random.random(), 4), "made",
            )
        )  # fmt: skip
        self.conditions.append(
            Condition(
                f"c{number + 1}", id, Form.IF, (condition_cue,), ((condition,),), Operator.OR, (consequence,),
                Realis.OPEN, round(self.random.random(), 4), "made",
            )
        )  # fmt: skip

    def count(self, number: int) -> None:
        value = str(self.random.randint(2, 99))
        figure = self.add(f"{value} per cent")
        self.add(" of ")
        base = self.add("households")
        self.add(" in ")
        place = self.add(self.random.choice(PLACES))
        self.figures.append(
            Figure(f"f{number + 1}", figure, value, value, None, "percent", (base,), (), (place,), None,
                   f"s{number + 1}", 0.8, "made")
        )  # fmt: skip
        trigger = self.add(" fled")
        realis = self.random.choice(list(EventRealis))
        self.events.append(
            Event(f"e{number + 1}", (Span(figure.start, trigger.end),), trigger, "flight", ("a1",), (), (place,), None,
                  realis, None, None, 0.7, "made")
        )  # fmt: skip
        self.add(", the ")
        term = self.add(self.random.choice(("free zone", "seized zone")))
        self.wordings.append(
            WordingUse(f"w{number + 1}", term, "zone", self.text[slice(*term)], None, None, 0.6, "made")
        )
        day = self.add(" on Monday")
        self.times.append(TimeExpression(f"t{number + 1}", day, "DATE", "XXXX-WXX-1", DateRange(), None, 0.9, "made"))
        self.add(" being empty.\n\n")

    def findings(self) -> Findings:
        outlet = self.random.choice(OUTLETS)
        day = date(2021, 1, 1) + timedelta(self.random.randrange(900))
        published = DateRange() if self.undated else DateRange(day, day, Basis.METADATA)
        document = Document(
            hash_text(self.text), f"made/{self.seed}.txt", self.title, self.text, "en",
            Outlet(outlet, Basis.METADATA if outlet else Basis.UNKNOWN), published,
            raw_hash="00", parts=tuple(self.parts),
        )  # fmt: skip
        return Findings(
            document, tuple(self.mentions), tuple(self.actors.values()), tuple(self.attributions),
            tuple(self.conditions), tuple(self.events), tuple(self.figures), tuple(self.times), tuple(self.wordings),
            tuple(self.links), self.annotator,
        )  # fmt: skip


def made_statements(findings: Findings) -> tuple[Statement, ...]:
    """A statement for each attribution, as the red-line room would form them."""
    document = findings.document
    keys = {actor.id: actor.key for actor in findings.actors}
    return tuple(
        Statement(
            form_id("statement", document.id, each.source, each.cue, each.content), document.id, each.id,
            keys.get(each.speaker.actor or ""), each.speaker, each.source, each.cue, each.content,
            document.text[slice(*each.content[0])], each.directness, each.act, document.published, document.outlet,
            document.published, tuple(c.id for c in findings.conditions if c.attribution == each.id), (), each.score,
        )
        for each in findings.attributions
    )  # fmt: skip


def made_line(coverage: tuple[Findings, ...], rollup: RollUp = RollUp.STANDING) -> RedLine:
    """One red line resting on the first condition of each document."""
    mentions = tuple(_mention(findings) for findings in coverage)
    id = form_id("red_line", coverage[0].document.id, mentions[0].id)
    history = tuple(
        _entry(id, findings, Status.REITERATED if place else Status.DECLARED) for place, findings in enumerate(coverage)
    )
    speaker = made_statements(coverage[0])[0]
    return RedLine(
        id, speaker.actor, speaker.speaker.name or "", None, Act.RED_LINE, mentions[0].condition_text,
        mentions[0].consequence_text, Operator.OR, mentions, history, rollup, score=0.8,
    )  # fmt: skip


def _mention(findings: Findings) -> LineMention:
    condition, statement = findings.conditions[0], made_statements(findings)[0]
    text = findings.document.text
    return LineMention(
        form_id("mention", findings.document.id, condition.cue), findings.document.id, statement.attribution,
        form_id("condition", findings.document.id, condition.cue, condition.condition, condition.consequence),
        statement.id, condition.cue, condition.condition, condition.operator, condition.consequence,
        text[slice(*condition.condition[0][0])], text[slice(*condition.consequence[0])], statement.content[0],
        condition.form, condition.realis, False, "speaker", statement.said_on, statement.outlet, "same words", 0.8, "",
    )  # fmt: skip


def _entry(line: str, findings: Findings, status: Status) -> StatusEntry:
    statement = made_statements(findings)[0]
    passage = Passage(findings.document.id, statement.content, statement.quote)
    return StatusEntry(
        form_id("status", findings.document.id, line, status.value), line, status, statement.said_on, passage,
        statement.id, statement.outlet, statement.actor, (), False, 0.8, "made", "its words",
    )  # fmt: skip


def made_judgement(
    statement: Statement, answer: Answer = Answer.ACCEPT, reviewer: str = "ana", correction: str = ""
) -> Judgement:
    """A reviewer's answer on a statement."""
    passage = Passage(statement.document, statement.content, statement.quote)
    return Judgement(
        statement.id, "statement", passage, answer, reviewer, "read it", correction, "2024-01-01T00:00:00Z"
    )


def with_metadata(findings: Findings, outlet: str, day: date) -> Findings:
    """The same text, its outlet and date typed in."""
    document = replace(
        findings.document, outlet=Outlet(outlet, Basis.GIVEN), published=DateRange(day, day, Basis.GIVEN)
    )
    return replace(findings, document=document)
