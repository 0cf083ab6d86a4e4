"""How far an attribution's score can be believed, and the table that makes it so.

    python -m evaluation.calibration --data DATA [--write]

Fits raw score → share right by isotonic regression (Barlow et al. 1972) on PolNeAR dev. Reported: the expected
calibration error on each half of the articles under the table fitted on the other half. `--write` fits on all of dev
and writes lexicon/calibration.yml.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.attribution import articles
from onrecord.annotation.attributions import draft_attributions
from onrecord.encoder import load_encoder

LEXICON = Path(__file__).parent.parent / "src/onrecord/lexicon/calibration.yml"
BINS = 12  # knots of the table: with about 2,000 attributions more would follow chance

Pair = tuple[float, bool]


def pairs_of(article: dict[str, Any], encoder: Any) -> list[Pair]:
    """Raw score and whether words and speaker are right, for every attribution found in one article."""
    sys.path.insert(0, str(Path(__file__).with_name("scorers")))
    from score_attribution import Doc, pair, source_ok

    scores = encoder.score(article["text"])
    drafts = draft_attributions(scores)
    plain = [
        {
            role: [(scores.words[a].start, scores.words[b - 1].end) for a, b, _, _ in getattr(draft, role)]
            for role in ("source", "cue", "content")
        }
        for draft in drafts
    ]
    document = Doc(article)
    gold = document.prep(article["attributions"])
    told = document.prep(plain)
    right = {i for i, j in pair(document, told, gold) if source_ok(document, told[i], gold[j])}
    return [(draft.score, index in right) for index, draft in enumerate(drafts)]


def fit(pairs: list[Pair]) -> list[tuple[float, float]]:
    """Knots (raw, share right), rising: equal-sized bins, then pool adjacent violators."""
    ordered = sorted(pairs)
    bins = [chunk for chunk in np.array_split(np.array(ordered, dtype=float), BINS) if len(chunk)]
    pooled: list[list[float]] = []  # mean raw, share right, weight
    for chunk in bins:
        pooled.append([float(chunk[:, 0].mean()), float(chunk[:, 1].mean()), float(len(chunk))])
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            (raw, share, weight), (raw2, share2, weight2) = pooled[-2], pooled[-1]
            total = weight + weight2
            pooled[-2:] = [
                [(raw * weight + raw2 * weight2) / total, (share * weight + share2 * weight2) / total, total]
            ]
    return [(0.0, 0.0), *((round(raw, 3), round(share, 3)) for raw, share, _ in pooled)]


def error(pairs: list[Pair], knots: list[tuple[float, float]]) -> float:
    """Expected calibration error over ten bins of the calibrated score (Guo et al. 2017)."""
    raws, rights = np.array(pairs, dtype=float).T
    told = np.interp(raws, [raw for raw, _ in knots], [share for _, share in knots])
    places = np.minimum((told * 10).astype(int), 9)
    total = 0.0
    for place in range(10):
        inside = places == place
        if inside.any():
            total += inside.sum() * abs(told[inside].mean() - rights[inside].mean())
    return float(total / len(raws))


def main() -> None:
    """Prints the errors and the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("ONRECORD_DATA", "data")))
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    encoder = load_encoder()
    found = [pairs_of(article, encoder) for article in articles(chosen.data / "polnear" / "dev.jsonl", None)]
    halves = [[pair for each in found[start::2] for pair in each] for start in (0, 1)]
    for fitted, told in (halves, halves[::-1]):
        print(f"calibration error on the other half: {error(told, fit(fitted)):.3f} of {len(told)} attributions")
    raw = [(score, score) for score in (0.0, 1.0)]
    print(f"without the table: {error(halves[0] + halves[1], raw):.3f}")
    knots = fit(halves[0] + halves[1])
    print(json.dumps(knots))
    if chosen.write:
        head = (
            "# Raw attribution score → share right (words and speaker) on PolNeAR dev.\n"
            "# Written by evaluation/calibration.py.\n"
        )
        rows = "".join(f"  - [{raw}, {share}]\n" for raw, share in knots)
        LEXICON.write_text(f"{head}version: 1\nmodel: {encoder.version}\nknots:\n{rows}", encoding="utf-8")


if __name__ == "__main__":
    main()
