"""How far an attribution's score can be believed, and the weights that make it so.

    python -m evaluation.calibration --data DATA [--write]

Fits the chance that a draft is right (words and speaker) from its signs by logistic regression with an L2 penalty, on
PolNeAR dev. Reported: the expected calibration error on each half of the articles under the weights fitted on the
other half, and what each threshold then costs. `--write` fits on all of dev and writes lexicon/sureness.yml.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.attribution import articles
from onrecord.annotation.drafting import Draft, draft_document
from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.sureness import Signs, read_signs
from onrecord.encoder import load_encoder
from onrecord.reading import read_text
from onrecord.records.scores import Encoder, WordScores

LEXICON = Path(__file__).parent.parent / "src/onrecord/lexicon/sureness.yml"
PENALTY = 3.0  # on weights of signs of unit variance; 1 to 10 give the same to a tenth of F1
STEPS = 60  # of Newton's method; it stands still after about eight
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """The drafts of some articles. signs: [drafts, signs]; right: 0 or 1, [drafts]; gold: attributions there were."""

    signs: Numbers
    right: Numbers
    gold: int


def judge(article: dict[str, Any], encoder: Encoder) -> Judged:
    """Signs of every draft of one article, and whether words and speaker are right."""
    sys.path.insert(0, str(Path(__file__).with_name("scorers")))
    from score_attribution import Doc, pair, source_ok

    document = read_text(article["text"], article["id"])
    scores = encoder.score(document.text)
    drafts = draft_document(document, split_sentences(document), scores)
    scored = Doc(article)
    gold = scored.prep(article["attributions"])
    told = scored.prep([_plain(draft, scores) for draft in drafts])
    right = {i for i, j in pair(scored, told, gold) if source_ok(scored, told[i], gold[j])}
    return Judged(
        np.array([read_signs(draft, scores) for draft in drafts]).reshape(len(drafts), len(Signs._fields)),
        np.array([index in right for index in range(len(drafts))], np.float64),
        len(gold),
    )


def _plain(draft: Draft, scores: WordScores) -> dict[str, list[tuple[int, int]]]:
    return {
        role: [(scores.words[a].start, scores.words[b - 1].end) for a, b, _, _ in getattr(draft, role)]
        for role in ("source", "cue", "content")
    }


def join(parts: list[Judged]) -> Judged:
    """Several articles as one."""
    return Judged(
        np.concatenate([each.signs for each in parts]),
        np.concatenate([each.right for each in parts]),
        sum(each.gold for each in parts),
    )


def fit(known: Judged) -> Numbers:
    """The base, then a weight a sign, by Newton's method on signs brought to unit variance."""
    middle, spread = known.signs.mean(axis=0), known.signs.std(axis=0) + 1e-9
    rows = np.c_[np.ones(len(known.signs)), (known.signs - middle) / spread]
    penalty = np.eye(rows.shape[1]) * PENALTY
    penalty[0, 0] = 0
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (told - known.right) + penalty @ weights
        weights -= np.linalg.solve((rows * (told * (1 - told))[:, None]).T @ rows + penalty, slope)
    plain = weights[1:] / spread
    fitted: Numbers = np.r_[weights[0] - plain @ middle, plain]
    return fitted


def tell(known: Judged, weights: Numbers) -> Numbers:
    """The chance of each draft to be right."""
    told: Numbers = 1 / (1 + np.exp(-(weights[0] + known.signs @ weights[1:])))
    return told


def error(told: Numbers, right: Numbers) -> float:
    """Expected calibration error over ten bins ("On Calibration of Modern Neural Networks", ICML 2017)."""
    places = np.minimum((told * 10).astype(int), 9)
    gaps = [
        (places == place).sum() * abs(told[places == place].mean() - right[places == place].mean())
        for place in range(10)
        if (places == place).any()
    ]
    return float(sum(gaps) / len(told))


def write(weights: Numbers, version: str) -> None:
    """Writes the weights as the word list that ships."""
    lines = [
        "# How sure a draft is: log odds = base + sum of weight × sign (annotation/sureness.py names the signs).",
        "# Fitted on PolNeAR dev by evaluation/calibration.py.",
        "version: 1",
        f"model: {version}",
        f"base: {weights[0]:.4f}",
        "weights:",
        *(f"  {name}: {weight:.4f}" for name, weight in zip(Signs._fields, weights[1:], strict=True)),
    ]
    LEXICON.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Prints the errors, what thresholds cost and the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("ONRECORD_DATA", "data")))
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    encoder = load_encoder()
    found = [judge(article, encoder) for article in articles(chosen.data / "polnear" / "dev.jsonl", None)]
    halves = [join(found[start::2]) for start in (0, 1)]
    crossed = [tell(halves[1], fit(halves[0])), tell(halves[0], fit(halves[1]))]
    for told, known in zip(crossed, halves[::-1], strict=True):
        print(f"calibration error on the other half: {error(told, known.right):.3f} of {len(told)} drafts")
    told, right = np.concatenate(crossed), np.concatenate([known.right for known in halves[::-1]])
    gold = sum(known.gold for known in halves)
    for threshold in THRESHOLDS:
        kept = told >= threshold
        hits = right[kept].sum()
        print(
            f"from {threshold}: P {100 * hits / kept.sum():.1f} R {100 * hits / gold:.1f}"
            f" F1 {200 * hits / (kept.sum() + gold):.1f}"
        )
    weights = fit(join(found))
    print(dict(zip(("base", *Signs._fields), weights.round(3).tolist(), strict=True)))
    if chosen.write:
        write(weights, encoder.version)


if __name__ == "__main__":
    main()
