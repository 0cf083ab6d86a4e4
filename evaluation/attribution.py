"""Attribution on PolNeAR dev: finds every attribution again and scores it with the shared definitions.

    python -m evaluation.attribution --data DATA [--articles N] [--full] [--textacy PYTHON MODEL] [--out FILE.jsonl]

DATA is the folder of corpora (or the variable ONRECORD_DATA). Prints a table; `--floors` exits 1 below a floor.
`--full` adds intervals, recall by phenomenon, damaged texts, and a simple peer in the same run (five times as long).
`--textacy` adds textacy's row: PYTHON is an interpreter that has it, MODEL the package of a spaCy pipeline there.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation.peers import Found, find_by_marks, find_by_textacy
from evaluation.phenomena import DAMAGES, Damaged, intervals, recall, score
from onrecord.annotation.attributions import find_attributions
from onrecord.annotation.sentences import split_sentences
from onrecord.encoder import load_encoder
from onrecord.records.codec import to_plain
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Attribution
from onrecord.records.scores import Encoder
from onrecord.settings import Settings

# F1 on PolNeAR dev; one to two points below the shipped model (77.1, 94.4, 84.1, 71.1, 67.7): what another seed may do
FLOORS = {"linked": 76.0, "linked.direct": 93.0, "linked.mixed": 82.0, "linked.indirect": 70.0, "exact_w.content": 66.5}
ROLES = ("source", "cue", "content")
SHOWN = (
    "token.source", "token.cue", "token.content", "token.all", "detect", "linked", "linked.direct", "linked.mixed",
    "linked.indirect", "linked_head", "linked_cue", "exact_w.content", "exact_w.whole",
)  # fmt: skip

Damage = Callable[[str], Damaged]


def articles(path: Path, most: int | None) -> Iterator[dict[str, Any]]:
    """The gold articles of one file, at most `most`."""
    with path.open(encoding="utf-8") as lines:
        for index, line in enumerate(lines):
            if most is not None and index >= most:
                return
            yield json.loads(line)


def predict(text: str, encoder: Encoder, settings: Settings) -> tuple[Attribution, ...]:
    """The attributions of one bare text."""
    document = Document(hash_text(text), "gold", "", text)
    return find_attributions(document, split_sentences(document), encoder.score(text), settings)


def measure(gold: list[dict[str, Any]], encoder: Encoder, settings: Settings) -> tuple[dict[str, Any], list[Any]]:
    """The scorer's whole result, and the predictions it was given."""
    predictions = [
        {
            "id": article["id"],
            "text": article["text"],
            "attributions": _plain(predict(article["text"], encoder, settings)),
        }
        for article in gold
    ]
    return score(gold, predictions), predictions


def _plain(found: Iterable[Attribution]) -> list[dict[str, Any]]:
    return [{role: to_plain(getattr(each, role)) for role in ROLES} | {"score": each.score} for each in found]


def measure_damaged(gold: list[dict[str, Any]], damage: Damage, encoder: Encoder, settings: Settings) -> dict[str, Any]:
    """The scorer's result when the texts were damaged first and what was found is mapped back."""
    predictions = []
    for article in gold:
        damaged = damage(article["text"])
        found = _plain(predict(damaged.text, encoder, settings))
        mapped = [{role: damaged.back(each[role]) for role in ROLES} for each in found]
        predictions.append({"id": article["id"], "attributions": mapped})
    result: dict[str, Any] = score(gold, predictions)
    return result


def print_more(
    data: Path, gold: list[dict[str, Any]], predicted: list[Any], encoder: Encoder, settings: Settings
) -> None:
    """Intervals, phenomena, the peer, damaged texts."""
    print("\n95% intervals of F1 over articles")
    for name, (low, high) in intervals(gold, predicted).items():
        print(f"{name:18s} {low:5.1f} to {high:5.1f}")
    print("\nrecall by phenomenon: linked right, found, number")
    train = articles(data / "polnear" / "train.jsonl", None)
    for name, (linked, found, count) in recall(gold, predicted, train).items():
        print(f"{name:40s} {100 * linked / max(count, 1):5.1f} {100 * found / max(count, 1):5.1f} {count:5d}")
    begun = time.process_time()
    by_marks = [find_by_marks(each["text"]) for each in gold]
    print_peer("quotation marks and the nearest name", gold, by_marks, time.process_time() - begun)
    print("\ndamaged texts: F1 linked, direct, mixed, indirect")
    for title, damage in DAMAGES.items():
        result = measure_damaged(gold, damage, encoder, settings)
        print(f"{title:44s}", *(f"{100 * result[name]['F1']:5.1f}" for name in SHOWN[5:9]), flush=True)


def print_peer(name: str, gold: list[dict[str, Any]], found: Sequence[list[Found]], seconds: float) -> None:
    """The row of one who reads the same articles. seconds: processor time for all of them."""
    predicted = [{"id": each["id"], "attributions": told} for each, told in zip(gold, found, strict=True)]
    result = score(gold, predicted)
    print(f"\n{name}, {seconds / len(gold):.4f} CPU s an article")
    for row in SHOWN:
        print(f"{row:18s} F1 {100 * result[row]['F1']:5.1f}")


def main() -> int:
    """Prints the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("ONRECORD_DATA", "data")))
    parser.add_argument("--articles", type=int)
    parser.add_argument("--threshold", type=float, default=Settings().threshold)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--textacy", nargs=2, metavar=("PYTHON", "MODEL"))
    parser.add_argument("--floors", action="store_true")
    chosen = parser.parse_args()
    gold = list(articles(chosen.data / "polnear" / "dev.jsonl", chosen.articles))
    encoder = load_encoder()
    begun = time.process_time()
    settings = Settings(threshold=chosen.threshold)
    result, predictions = measure(gold, encoder, settings)
    spent = (time.process_time() - begun) / len(gold)
    print(f"PolNeAR dev, {len(gold)} articles, {encoder.version}, threshold {chosen.threshold}")
    print(f"{spent:.3f} CPU s an article")
    for name in SHOWN:
        part = result[name]
        print(f"{name:18s} P {100 * part['P']:5.1f}  R {100 * part['R']:5.1f}  F1 {100 * part['F1']:5.1f}")
    print("source right on detected", f"{100 * result['source_acc_given_detect']:.1f}", result["source_acc_by_kind"])
    if chosen.full:
        print_more(chosen.data, gold, predictions, encoder, settings)
    if chosen.textacy:
        quotations, seconds = find_by_textacy([each["text"] for each in gold], *chosen.textacy)
        print_peer(f"textacy, {chosen.textacy[1]}", gold, quotations, seconds)
    if chosen.out:
        chosen.out.write_text("".join(json.dumps(each) + "\n" for each in predictions), encoding="utf-8")
    if chosen.floors:
        below = {name: floor for name, floor in FLOORS.items() if 100 * result[name]["F1"] < floor}
        print("below the floor:" if below else "all floors held", below or "")
        return 1 if below else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
