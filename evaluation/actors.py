"""Actors of a document and of a coverage: the kind of each name, and which names mean one actor.

usage: python -m evaluation.actors SAMPLE_FOLDER [POLNEAR_DEV.jsonl] [SEEDS_FOLDER] [--floors]

gold/actors_sample.jsonl, gold/actors_polnear_dev.jsonl and gold/actors_seeds.jsonl give names by offsets, each with its
kind and the actor it means (a number, of its document only, where the text is not ours). The sample was labelled form
by form with no system's answer at hand. The ten articles of PolNeAR dev (first by the hash of their id) and the seeds
were labelled by correcting what the settled stage found, which favours it, and their names are those found.
"kind": share of the names found whose actor is of the right kind; "found": share of names that a mention overlaps;
B-cubed over the names found, within documents, and for the sample also across them.
Three stages: linked (link_actors alone), settled (settle_actors), joined (join_actors over the documents).
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.speakers import document_of, read_lines
from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import split_sentences
from onrecord.encoder import load_encoder
from onrecord.linking.actors import Linked, link_actors
from onrecord.linking.joining import join_actors, rename_actors
from onrecord.linking.knowledge import load_knowledge
from onrecord.linking.settling import settle_actors
from onrecord.reading import apply_metadata, find_inputs, read_metadata, read_path
from onrecord.records.actors import MentionKind
from onrecord.records.documents import Document
from onrecord.records.findings import Findings
from onrecord.records.spans import Span, overlaps
from onrecord.settings import Settings

GOLD = Path(__file__).parent / "gold"
# Share of right kinds and B-cubed F (across documents for the sample, within them for the others) of the joined stage,
# below which a change is refused.
FLOORS = {"sample": (0.98, 0.96), "PolNeAR dev, 10": (0.88, 0.98), "seeds": (0.98, 0.99)}


@dataclass(frozen=True, slots=True)
class Name:
    """One labelled name and what was made of it. meant, actor: what tells actors apart; actor None: none found."""

    document: str
    kind: str
    meant: str
    found: bool
    told: str | None
    actor: str | None


def read_documents(folder: Path) -> Iterator[tuple[str, Document]]:
    """The documents of a folder by file name and by the first digits of their hash, with the metadata beside them."""
    beside = [place / "metadata.csv" for place in (folder, folder.parent)]
    metadata = next((read_metadata(path) for path in beside if path.exists()), None)
    for path in (each for each in find_inputs([folder]) if isinstance(each, Path)):
        for read in read_path(path, Settings()):
            if isinstance(read, Document):
                document = apply_metadata(read, metadata) if metadata is not None else read
                yield path.name, document
                yield document.id[7:19], document


def stages(documents: Mapping[str, Document]) -> dict[str, dict[str, Findings]]:
    """Findings with mentions and actors only, by stage and document."""
    encoder, knowledge = load_encoder(1), load_knowledge()
    linked: dict[str, Findings] = {}
    settled: dict[str, Findings] = {}
    for name, document in documents.items():
        found = find_mentions(document, split_sentences(document), encoder.score(document.text))
        first = link_actors(document, found, knowledge)
        linked[name] = _findings(document, first)
        settled[name] = _findings(document, settle_actors(document, *first))
    joins = {join.key: join.into for join in join_actors(settled.values())}
    joined = {name: rename_actors(found, joins) for name, found in settled.items()}
    return {"linked": linked, "settled": settled, "joined": joined}


def _findings(document: Document, linked: Linked) -> Findings:
    mentions, actors, links = linked
    return Findings(document, mentions=mentions, actors=actors, links=links)


def judge(gold: Iterable[Mapping[str, Any]], found: Mapping[str, Findings]) -> Iterator[Name]:
    """One answer a labelled name."""
    for record in gold:
        findings = found[record["id"]]
        actors = {actor.id: actor for actor in findings.actors}
        mentions = [mention for mention in findings.mentions if mention.kind is MentionKind.NAME]
        for start, end, kind, meant in record["names"]:
            over = [mention for mention in mentions if overlaps(mention.span, Span(start, end))]
            best = max(over, key=lambda mention: (mention.span == (start, end), mention.span.end), default=None)
            actor = actors.get(best.actor or "") if best is not None else None
            told = actor.type.value if actor else None
            key = actor.key if actor else None
            yield Name(record["id"], kind, str(meant), best is not None, told, key)


def b_cubed(names: Iterable[Name], across: bool) -> tuple[float, float]:
    """Precision and recall of the clusters; a name without an actor is alone."""
    listed = [name for name in names if name.found]
    scope = [("" if across else name.document) for name in listed]
    gold = [(place, name.meant) for place, name in zip(scope, listed, strict=True)]
    told = [(place, name.actor or f"#{n}") for n, (place, name) in enumerate(zip(scope, listed, strict=True))]
    precision = recall = 0.0
    for n in range(len(listed)):
        same_told = [m for m in range(len(listed)) if told[m] == told[n]]
        same_gold = [m for m in range(len(listed)) if gold[m] == gold[n]]
        shared = sum(gold[m] == gold[n] for m in same_told)
        precision, recall = precision + shared / len(same_told), recall + shared / len(same_gold)
    return precision / max(1, len(listed)), recall / max(1, len(listed))


def print_table(title: str, gold: list[Mapping[str, Any]], documents: Mapping[str, Document], across: bool) -> bool:
    """One row a stage; whether the last one holds its floor."""
    wanted = {record["id"] for record in gold}
    by_stage = stages({name: documents[name] for name in sorted(wanted)})
    print(f"{title:<22}{'names':>7}{'found':>8}{'kind':>8}{'B3 P':>8}{'B3 R':>8}{'B3 F':>8}")
    for stage, found in by_stage.items():
        names = list(judge(gold, found))
        seen = [name for name in names if name.found]
        kind = sum(name.told == name.kind for name in seen) / max(1, len(seen))
        for wide in (False, True) if across else (False,):
            precision, recall = b_cubed(names, wide)
            both = 2 * precision * recall / max(1e-9, precision + recall)
            shown = (len(seen) / len(names), kind, precision, recall, both)
            label = stage + (" (across)" if wide else "")
            print(f"{label:<22}{len(names):>7}" + "".join(f"{value:>8.3f}" for value in shown))
    return kind >= FLOORS[title][0] and both >= FLOORS[title][1]


def main(arguments: list[str]) -> int:
    """Print a table for each set that is given. Exit code 1 below a floor."""
    paths = [Path(each) for each in arguments if not each.startswith("--")]
    if not paths:
        print(__doc__)
        return 2
    held = {"sample": print_table("sample", read_gold("sample"), dict(read_documents(paths[0])), across=True)}
    if len(paths) > 1:
        records = {record["id"]: document_of(record) for record in read_lines(paths[1])}
        title = "PolNeAR dev, 10"
        held[title] = print_table(title, read_gold("polnear_dev"), records, across=False)
    if len(paths) > 2:
        held["seeds"] = print_table("seeds", read_gold("seeds"), dict(read_documents(paths[2])), across=False)
    if "--floors" not in arguments:
        return 0
    print("all floors held" if all(held.values()) else f"below the floor: {[name for name in held if not held[name]]}")
    return 0 if all(held.values()) else 1


def read_gold(name: str) -> list[Mapping[str, Any]]:
    """The labelled names of one set."""
    return [json.loads(line) for line in (GOLD / f"actors_{name}.jsonl").read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
