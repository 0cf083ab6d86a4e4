"""Who is meant by pronouns, roles and metonyms that are handed words: against labels made by reading.

usage: python -m evaluation.speakers [--wrong] [--floors] POLNEAR/dev.jsonl [POLNEAR/train.jsonl] [GUM.jsonl]

PolNeAR: gold/speakers_polnear_{dev,train}.jsonl name sources by article id and offsets, with the spans of the name each
means ([] where the article names nobody). Dev has pronouns, roles and metonyms; train has one role an article, because
dev has few. The corpus's own attributions and rule-found mentions are used. Articles are
split by the hash of their id: half were looked at while the rules were adjusted ("tuned"), half were not ("report").
GUM: third-person pronouns of people with a named cluster; documents of its test split are never adjusted on.
"linked right" is the share right of those linked; "left" the share of those with an answer that stay unlinked.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import split_sentences
from onrecord.linking.actors import link_actors
from onrecord.linking.introduced import introduce_speakers
from onrecord.linking.knowledge import load_knowledge
from onrecord.linking.names import fold
from onrecord.linking.speakers import link_pronouns, link_speakers
from onrecord.records.actors import Actor, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Basis, DateRange, Document, Part, PartKind, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Speaker
from onrecord.records.scores import empty_scores
from onrecord.records.spans import Span, Spans, overlaps

GOLD = Path(__file__).parent / "gold"
# Share right of linked sources in the half not looked at, and the share left unlinked above which a change is refused;
# each a point or two from what was reached.
FLOORS = {"dev": (0.92, 0.22), "train": (0.95, 0.38), "train_2": (0.91, 0.2)}
NOBODY = Speaker(None, None, LinkBasis.NONE)


@dataclass(frozen=True, slots=True)
class Answer:
    """One labelled source or pronoun and what was said of it."""

    kind: str
    half: str
    named: bool
    linked: bool
    right: bool
    where: str


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def half_of(article: str) -> str:
    """Which half an article is in."""
    return "tuned" if int(sha256(article.encode()).hexdigest(), 16) % 2 == 0 else "report"


def document_of(record: dict[str, Any]) -> Document:
    """A corpus record as a document, dated where the corpus dates it."""
    text = record["text"]
    day = _day(record.get("date"))
    published = DateRange(day, day, Basis.METADATA) if day else DateRange()
    return Document(hash_text(text), record["id"], "", text, published=published, parts=_parts(text))


def _parts(text: str) -> tuple[Part, ...]:
    """The first line as the headline, which both corpora print so, and the rest as the body."""
    end = text.find("\n")
    if end <= 0 or not text[end:].strip():
        return ()
    return Part(Span(0, end), PartKind.HEADLINE), Part(Span(end + 1, len(text)), PartKind.BODY)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def spans_of(pieces: Iterable[Any]) -> Spans:
    """Lists of two numbers as spans."""
    return tuple(Span(start, end) for start, end in pieces)


def attributions_of(record: dict[str, Any]) -> tuple[Attribution, ...]:
    """The corpus's attributions as records, speakers still unknown."""
    return tuple(_attribution(number, each) for number, each in enumerate(record["attributions"], 1))


def _attribution(number: int, each: dict[str, Any]) -> Attribution:
    source, cue, content = (spans_of(each[role]) for role in ("source", "cue", "content"))
    return Attribution(
        id=f"s{number}",
        source=source,
        cue=cue,
        content=content,
        directness=Directness.INDIRECT,
        speaker=NOBODY,
        act=Act.OTHER,
        within=None,
        said_on=None,
        score=1.0,
        produced_by="gold",
    )


def attributions_of_gum(record: dict[str, Any]) -> tuple[Attribution, ...]:
    """GUM's attributions that name their source."""
    named = [each for each in record["attributions"] if each["source"]]
    return tuple(_attribution(number, {**each, "cue": each["cue"] or []}) for number, each in enumerate(named, 1))


def meant_spans(mentions: tuple[Mention, ...], actor: str) -> list[Span]:
    """Where an actor is mentioned."""
    return [mention.span for mention in mentions if mention.actor == actor]


def answers_polnear(records: list[dict[str, Any]], gold: list[dict[str, Any]]) -> Iterator[Answer]:
    """One answer a labelled source."""
    wanted: dict[str, dict[Spans, dict[str, Any]]] = {}
    for label in gold:
        wanted.setdefault(label["id"], {})[spans_of(label["source"])] = label
    for record in records:
        labels = wanted.get(record["id"], {})
        if labels:
            yield from _answers_article(record, labels)


def _answers_article(record: dict[str, Any], labels: dict[Spans, dict[str, Any]]) -> Iterator[Answer]:
    document = document_of(record)
    sentences, attributions = split_sentences(document), attributions_of(record)
    knowledge = load_knowledge()
    mentions, actors, _ = link_actors(document, find_mentions(document, sentences, empty_scores()), knowledge)
    linked = link_speakers(document, sentences, attributions, mentions, actors, knowledge)
    linked, actors = introduce_speakers(document, sentences, linked, mentions, actors, knowledge)
    for each in {each.source: each for each in linked}.values():
        label = labels.get(each.source)
        if label is not None:
            yield _judge(record, label, each, {actor.id: actor for actor in actors}, mentions)


def _judge(
    record: dict[str, Any],
    label: dict[str, Any],
    each: Attribution,
    actors: dict[str, Actor],
    mentions: tuple[Mention, ...],
) -> Answer:
    """Right is an actor that is mentioned at an answer's place, or that is printed as the answer is."""
    answers = spans_of(label["antecedents"])
    actor = each.speaker.actor
    spans = meant_spans(mentions, actor) if actor else []
    printed = set(map(fold, actors[actor].printed)) if actor else set()
    right = any(overlaps(span, answer) for span in spans for answer in answers)
    right = right or any(fold(record["text"][slice(*answer)]) in printed for answer in answers)
    where = f"{record['id']}:{each.source[0].start} {each.speaker.name} ({each.speaker.reason})"
    return Answer(label["kind"], half_of(record["id"]), bool(answers), actor is not None, right, where)


def answers_gum(records: list[dict[str, Any]], split: str) -> Iterator[Answer]:
    """One answer a third-person pronoun whose cluster has a person's name before or after it."""
    for record in records:
        if record["split"] == split:
            yield from _answers_gum_document(record)


def _answers_gum_document(record: dict[str, Any]) -> Iterator[Answer]:
    document = document_of(record)
    sentences = spans_of(record["sentences"])
    knowledge = load_knowledge()
    mentions, actors, _ = link_actors(document, find_mentions(document, sentences, empty_scores()), knowledge)
    attributions = attributions_of_gum(record)
    mentions, _ = link_pronouns(document, sentences, attributions, mentions, actors, knowledge)
    names: dict[Any, list[Span]] = {}
    for entity in record["entities"]:
        if entity["mention"] == "proper" and entity["type"] == "person":
            names.setdefault(entity["cluster"], []).append(Span(*entity["span"]))
    found = {mention.span: mention for mention in mentions}
    for entity in record["entities"]:
        mention = found.get(Span(*entity["span"]))
        word = document.text[slice(*entity["span"])].lower()
        if mention is None or word not in _GENDERED or entity["mention"] != "pronoun":
            continue
        yield _judge_gum(record["id"], entity, mention, mentions, names)


def answers_gum_roles(records: list[dict[str, Any]], split: str) -> Iterator[Answer]:
    """One answer a role nominal that was linked, or that has a person's or body's name in its cluster."""
    knowledge = load_knowledge()
    for record in records:
        if record["split"] == split:
            document, sentences = document_of(record), spans_of(record["sentences"])
            found = find_mentions(document, sentences, empty_scores())
            yield from _judge_roles(record, link_actors(document, found, knowledge)[0])


def _judge_roles(record: dict[str, Any], mentions: tuple[Mention, ...]) -> Iterator[Answer]:
    kinds = ("person", "organization", "place")
    names: dict[Any, list[Span]] = {}
    for entity in record["entities"]:
        if entity["mention"] == "proper" and entity["type"] in kinds:
            names.setdefault(entity["cluster"], []).append(Span(*entity["span"]))
    heads = {tuple(entity["head"]): entity for entity in record["entities"] if entity["mention"] == "other"}
    names_at = {mention.span.start for mention in mentions if mention.kind is MentionKind.NAME}
    for mention in mentions:
        if mention.kind is not MentionKind.NOMINAL or mention.span.end + 1 in names_at:
            continue  # a title before a name is part of that name in GUM
        inside = [
            entity for head, entity in heads.items() if mention.span.start <= head[0] and head[1] <= mention.span.end
        ]
        if inside:
            entity = min(inside, key=lambda each: abs(each["span"][0] - mention.span.start))
            yield _judge_gum(record["id"], entity, mention, mentions, names)


_GENDERED = ("he", "she", "him", "her", "his", "hers")


def _judge_gum(
    document: str, entity: Any, mention: Mention, mentions: tuple[Mention, ...], names: dict[Any, list[Span]]
) -> Answer:
    answers = names.get(entity["cluster"], [])
    spans = [m.span for m in mentions if m.actor == mention.actor and m.kind != "pronoun"] if mention.actor else []
    right = any(overlaps(span, answer) for span in spans for answer in answers)
    linked = mention.actor is not None
    return Answer("pronoun", "", bool(answers), linked, right, f"{document}:{mention.span.start}")


def rates_of(answers: list[Answer]) -> tuple[float, float]:
    """The share right of those linked, and the share of those with an answer that stay unlinked."""
    linked, named = [a for a in answers if a.linked], [a for a in answers if a.named]
    right = sum(answer.right for answer in linked) / max(len(linked), 1)
    return right, sum(not answer.linked for answer in named) / max(len(named), 1)


def print_table(title: str, answers: list[Answer]) -> None:
    """One line a kind: how many, how many linked, share right of those linked, share left unlinked."""
    print(f"{title:34} {'n':>5} {'linked':>7} {'right':>7} {'left':>7} {'nobody kept':>12}")
    groups = {kind: [a for a in answers if a.kind == kind] for kind in sorted({a.kind for a in answers})}
    for name, group in [*groups.items(), ("all", answers)]:
        linked = [answer for answer in group if answer.linked]
        nobody = [answer for answer in group if not answer.named]
        right, left = rates_of(group)
        kept = sum(not answer.linked for answer in nobody) / max(len(nobody), 1)
        print(f"{name:34} {len(group):5} {len(linked):7} {right:7.3f} {left:7.3f} {kept:12.3f}")


def gold_of(corpus: Path) -> list[Path]:
    """The files of labels made for a part of PolNeAR; none for another corpus."""
    return sorted(GOLD.glob(f"speakers_polnear_{corpus.stem}*.jsonl"))


def report_polnear(path: Path, labels: Path, *, wrong: bool) -> bool:
    """Print the tables of a part of PolNeAR, and what is wrong or left in its tuned half; whether its floors hold."""
    answers = list(answers_polnear(read_lines(path), read_lines(labels)))
    part = labels.stem.removeprefix("speakers_polnear_")
    for half in ("tuned", "report"):
        print_table(f"PolNeAR {part}, {half} half", [answer for answer in answers if answer.half == half])
    print_table(f"PolNeAR {part}", answers)
    for answer in answers:
        if wrong and answer.half == "tuned" and (answer.linked != answer.named or answer.linked != answer.right):
            print(answer.kind, "wrong" if answer.linked else "left", answer.where)
    right, left = rates_of([answer for answer in answers if answer.half == "report"])
    return right >= FLOORS[part][0] and left <= FLOORS[part][1]


def report_gum(path: Path) -> None:
    """Print the tables of GUM."""
    records = read_lines(path)
    for split in ("train", "dev", "test"):
        print_table(f"GUM {split}, pronouns", list(answers_gum(records, split)))
        print_table(f"GUM {split}, roles", [replace(a, kind="role") for a in answers_gum_roles(records, split)])


def main(arguments: list[str]) -> int:
    """Print the tables; `--wrong` lists what is wrong or left in the tuned halves. Exit code 1 below a floor."""
    below: list[str] = []
    for path in (Path(each) for each in arguments if not each.startswith("--")):
        parts = gold_of(path)
        if not parts:
            report_gum(path)
        below += [each.stem for each in parts if not report_polnear(path, each, wrong="--wrong" in arguments)]
    if "--floors" not in arguments:
        return 0
    print("below the floor:" if below else "all floors held", *below)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
