"""Trains the tagger on all layers at once and keeps checkpoints.

    python training/train.py --data DATA --base MINILM_FOLDER --out FOLDER [--minutes 95] [--seed 1]

The learning rate falls linearly with time spent, so a slower machine sees fewer epochs and still ends well.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from corpora import Attributed, Example, Range, Reader
from marked import read_blocks
from model import DRAWN, LABELS, Tagger, link_scores
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encoder.windows import WINDOW

CLS, SEP, MASK = 101, 102, 103
CURLY, STRAIGHT = {"“": True, "”": False}, '"'
BATCH = 12  # windows; 12 × 256 pieces is what two cores do in about two seconds
AUXILIARY = 0.25  # share of windows from corpora other than PolNeAR
PEAK, WARM = 3e-4, 80  # learning rate as measured before the project; steps of warm-up
MASKED_CUES, MASKED_PIECES = 0.12, 0.04  # shares hidden in training, so that a cue never seen is known by its place
PLAIN = 0.2  # share of windows from plain texts, where there are any
TOLD, CALM = 0.3, 0.7  # weights of what our own marks add to attribution, and of lines read where none can be
SEEN = 0.5  # a share of a role from which a span counts as seen
KEPT_BACK = 6  # every sixth block of our own coverage is the measure
# in a sentence with one of these a line may stand
CONDITIONAL = frozenset(
    {"if", "unless", "until", "otherwise", "provided", "once", "when", "whenever", "without", "long"}
)
CONDITIONAL |= {"should", "were", "had"}
KEPT_LINKS = 0.02  # weight of the link vectors' drift beside that of the labels
AVERAGE = 0.995  # weights are averaged over the last few hundred steps: +0.3 token F1 in early runs of such taggers
IGNORE = -100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=95)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--own", type=float, default=0.0, help="share of windows from our own marked coverage")
    parser.add_argument("--peak", type=float, default=PEAK, help="highest learning rate")
    parser.add_argument("--plain", type=Path, nargs="*", default=[], help="JSON Lines of texts whose answers are kept")
    parser.add_argument("--rounded", action="store_true", help="round weights and inputs as the exported graph will")
    parser.add_argument("--keep", type=Path, help="a checkpoint from whose answers attribution and names may not drift")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--threads", type=int, help="processor threads; runs of one thread each can be averaged after")
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    rng = random.Random(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(chosen.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    reader = Reader(tokenizer)
    main_part = list(reader.polnear(chosen.data / "polnear/train.jsonl"))
    dev = list(reader.polnear(chosen.data / "polnear/dev.jsonl"))
    others = [
        *reader.gum(chosen.data / "gum.jsonl"),
        *reader.conditions(chosen.data / "ewt_conditions.jsonl", "ewt/"),
        *reader.conditions(chosen.data / "semeval_st2_train.jsonl", "semeval/"),
        *reader.causal(chosen.data / "cnc_causal.jsonl"),
    ]
    others = [each for each in others if not held_out(each.id)]
    print(f"examples: {len(main_part)} PolNeAR, {len(others)} other, {len(dev)} dev", flush=True)
    tagger = Tagger()
    tagger.load_base(chosen.base / "model.safetensors")
    if chosen.start:
        tagger.load_state_dict(with_drawn(torch.load(chosen.start), tagger))
    blocks = read_blocks(Path(__file__).parent / "coverage") if chosen.own else []
    blocks = [block for place, block in enumerate(blocks) if place % KEPT_BACK != KEPT_BACK - 1]
    plain = [example for path in chosen.plain for example in reader.plain(path)]
    if chosen.rounded:
        round_products(tagger)
    train(tagger, main_part, others, own_windows(reader, blocks, rng), plain, dev, chosen, rng)


def with_drawn(weights: dict[str, Tensor], tagger: Tagger) -> dict[str, Tensor]:
    """A checkpoint from before the drawn labels, with their columns as they begin."""
    for part in ("weight", "bias"):
        name, begun = f"head.{part}", getattr(tagger.head, part).detach()
        old = weights[name]
        if len(old) < len(begun):
            weights[name] = torch.cat([old[: LABELS - DRAWN], begun[LABELS - DRAWN : LABELS], old[LABELS - DRAWN :]])
    return weights


def held_out(id: str) -> bool:
    """A fifth of the condition sentences and the GUM documents is kept for measuring."""
    return sum(map(ord, id)) % 5 == 0


def train(
    tagger: Tagger,
    main_part: list[Example],
    others: list[Example],
    own: Iterator[Example],
    plain: list[Example],
    dev: list[Example],
    chosen: argparse.Namespace,
    rng: random.Random,
) -> None:
    learnt = [each for each in tagger.parameters() if each.requires_grad]
    tables = [tagger.nothing_bias, tagger.distance, tagger.crossing]
    heads = [tagger.nothing, *tagger.head.parameters()]
    rest = [each for each in learnt if not any(each is other for other in (*tables, *heads))]
    optimizer = torch.optim.AdamW(
        [
            {"params": rest, "scale": 1.0},
            {"params": heads, "scale": 3.0},
            {"params": tables, "scale": 30.0, "weight_decay": 0.0},  # a few numbers that must move by whole units
        ],
        lr=PEAK,
        weight_decay=0.01,
    )
    averaged = {name: value.detach().clone() for name, value in tagger.state_dict().items()}
    kept = load_kept(chosen.keep) if chosen.keep else None
    main_windows, other_windows = endless(main_part, rng), endless(others, rng, pack=True)
    plain_windows = endless(plain, rng)
    begun, step, seen, last_saved = time.monotonic(), 0, 0, 0.0
    running: list[float] = []
    while (spent := (time.monotonic() - begun) / 60) < chosen.minutes:
        rate = chosen.peak * min(1.0, (step + 1) / WARM) * max(0.02, 1 - spent / chosen.minutes)
        for group in optimizer.param_groups:
            group["lr"] = rate * group["scale"]
        sources = (own, plain_windows, other_windows, main_windows)
        windows = [next(pick(sources, chosen.own, PLAIN if plain else 0.0, rng)) for _ in range(BATCH)]
        tagger.train()
        columns, _ = run(tagger, windows)
        loss = loss_of(tagger, windows, columns)
        if kept is not None:
            with torch.no_grad():
                before = run(kept, windows)[0]
            missed = [missed_words(window, each) for window, each in zip(windows, before, strict=True)]
            loss = loss + drift(columns, before, missed) + TOLD * told_loss(columns, windows, missed)
        loss = loss + CALM * calm_loss(columns, windows)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        step += 1
        seen += sum(len(each.pieces) and sum(map(len, each.pieces)) for each in windows)
        running.append(float(loss.detach()))
        decay = min(AVERAGE, step / (step + 20))
        for name, value in tagger.state_dict().items():
            if value.dtype.is_floating_point and not name.startswith("words."):
                averaged[name].mul_(decay).add_(value.detach(), alpha=1 - decay)
        if step % 25 == 0:
            print(
                f"step {step} min {spent:.1f} pieces {seen} loss {np.mean(running[-25:]):.4f} lr {rate:.2e}", flush=True
            )
        if spent - last_saved >= 10:
            last_saved = spent
            save(averaged, chosen.out / "last.pt", step, spent)
            print(f"saved; dev {quick_score(averaged, dev[:28])}", flush=True)
    save(averaged, chosen.out / "final.pt", step, chosen.minutes)
    print(f"done; dev {quick_score(averaged, dev)}", flush=True)


def pick(
    sources: tuple[Iterator[Example], ...], own_share: float, plain_share: float, rng: random.Random
) -> Iterator[Example]:
    """From where the next window is taken; sources: own, plain, other corpora, PolNeAR."""
    own, plain, others, main_part = sources
    drawn = rng.random()
    if drawn < own_share:
        return own
    if drawn < own_share + plain_share:
        return plain
    return others if rng.random() < AUXILIARY else main_part


def own_windows(reader: Reader, blocks: list[str], rng: random.Random) -> Iterator[Example]:
    """Windows of our own marked blocks, one to three of them as paragraphs or sentences of one text, for ever."""
    while blocks:
        left = rng.sample(blocks, len(blocks))
        while left:
            taken = [left.pop() for _ in range(min(len(left), rng.choice((1, 1, 2, 2, 3))))]
            yield from cut(reader.drawn(rng.choice(("\n\n", "\n\n", "\n", " ")).join(taken)), 0)


def save(weights: dict[str, Tensor], path: Path, step: int, minutes: float) -> None:
    torch.save(weights, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)
    path.with_suffix(".json").write_text(json.dumps({"step": step, "minutes": minutes}))


def quick_score(weights: dict[str, Tensor], dev: list[Example]) -> dict[str, float]:
    """Token F1 of source, cue and content on dev, windows cut without overlap."""
    tagger = Tagger()
    tagger.load_state_dict(weights)
    tagger.eval()
    hits, given, gold = np.zeros(3), np.zeros(3), np.zeros(3)
    with torch.inference_mode():
        for example in dev:
            for window in cut(example, 0):
                columns, _ = run(tagger, [window])
                told = columns[0][:, :7].argmax(1).numpy()
                true = window.attribution
                assert true is not None
                for role in range(3):
                    a, b = (told + 1) // 2 == role + 1, (true + 1) // 2 == role + 1
                    hits[role] += (a & b).sum()
                    given[role] += a.sum()
                    gold[role] += b.sum()
    scores = 2 * hits / (given + gold + 1e-9)
    micro = 2 * hits.sum() / (given.sum() + gold.sum() + 1e-9)
    return dict(
        zip(("source", "cue", "content", "micro"), (round(100 * float(x), 1) for x in (*scores, micro)), strict=True)
    )


def endless(examples: list[Example], rng: random.Random, pack: bool = False):  # type: ignore[no-untyped-def]
    """Windows of the examples in random order for ever; short examples are packed several into one window."""
    while True:
        order = list(range(len(examples)))
        rng.shuffle(order)
        waiting: Example | None = None
        for index in order:
            example = examples[index]
            size = sum(map(len, example.pieces))
            if pack and size < 120:
                joined = example if waiting is None else join(waiting, example)
                if sum(map(len, joined.pieces)) > WINDOW - 20:
                    yield from cut(joined, 0)
                    waiting = None
                else:
                    waiting = joined
                continue
            varied = hide(vary(example, rng), rng)
            yield from cut(varied, rng.randrange(WINDOW))


def join(one: Example, other: Example) -> Example:
    """Two short examples as two paragraphs of one."""
    features = other.features.copy()
    features[0, 1] = 2

    def both(a, b):  # type: ignore[no-untyped-def]
        left = np.full(len(one.pieces), IGNORE) if a is None else a
        right = np.full(len(other.pieces), IGNORE) if b is None else b
        return None if a is None and b is None else np.concatenate([left, right])

    return Example(
        one.id,
        one.texts + other.texts,
        one.pieces + other.pieces,
        np.concatenate([one.features, features]),
        both(one.attribution, other.attribution),
        both(one.condition, other.condition),
        both(one.name, other.name),
        both(one.drawn, other.drawn),
    )


def vary(example: Example, rng: random.Random) -> Example:
    """The example with the dirt of real coverage: no full stop in headlines, straight or missing quotation marks."""
    gone: set[int] = set()
    breaks = np.flatnonzero(example.features[:, 1])
    if len(breaks) > 1 and breaks[0] == 0:
        breaks = breaks[1:]
    if len(breaks) and example.texts[breaks[0] - 1] == "." and rng.random() < 0.7:
        gone.add(int(breaks[0]) - 1)
    marks = [i for i, text in enumerate(example.texts) if text in '"“”']
    if marks and rng.random() < 0.3:
        gone.update(rng.sample(marks, min(len(marks), rng.choice((1, 1, 2, 3)))))
    straight = rng.random() < 0.4
    keep = [i for i in range(len(example.texts)) if i not in gone]
    texts = [STRAIGHT if straight and example.texts[i] in CURLY else example.texts[i] for i in keep]
    pieces = [[1000] if straight and example.texts[i] in CURLY else example.pieces[i] for i in keep]
    features = example.features[keep].copy()
    requote(texts, features)
    if rng.random() < 0.05:
        features[:, 0] = 1  # all lower case, as chats and posts are
    place = np.searchsorted(np.array(keep), np.arange(len(example.texts) + 1))

    def moved(spans: list[Range]) -> list[Range]:
        return [(int(place[a]), int(place[b])) for a, b in spans if place[a] < place[b]]

    def kept(labels):  # type: ignore[no-untyped-def]
        if labels is None:
            return None
        labels = labels.copy()
        for i in gone:  # the label's beginning passes to the next word
            if labels[i] % 2 == 1 and i + 1 < len(labels) and labels[i + 1] == labels[i] + 1:
                labels[i + 1] = labels[i]
        return labels[keep]

    return Example(
        example.id,
        texts,
        pieces,
        features,
        kept(example.attribution),
        kept(example.condition),
        kept(example.name),
        kept(example.drawn),
        [Attributed(moved(a.source), moved(a.cue), moved(a.content)) for a in example.attributed],
    )


def hide(example: Example, rng: random.Random) -> Example:
    """The example with some cues and some single pieces masked. The labels stay."""
    pieces = [[MASK if rng.random() < MASKED_PIECES else piece for piece in word] for word in example.pieces]
    for first, last in {span for each in example.attributed for span in each.cue}:
        if rng.random() < MASKED_CUES:
            pieces[first:last] = [[MASK] * len(word) for word in pieces[first:last]]
    return replace(example, pieces=pieces)


def requote(texts: list[str], features: np.ndarray) -> None:
    """Works the quotation feature out again after marks were changed."""
    quoted = False
    for i, text in enumerate(texts):
        if features[i, 1]:
            quoted = False
        mark = text in '“”"'
        if mark:
            quoted = text == "“" or (text == '"' and not quoted)
        features[i, 2] = 2 if mark else int(quoted)


def cut(example: Example, offset: int):  # type: ignore[no-untyped-def]
    """Windows of at most WINDOW pieces; the first one is cut short by `offset` pieces."""
    first, total, limit = 0, 0, WINDOW - offset if offset else WINDOW
    for index, pieces in enumerate(example.pieces):
        if total + len(pieces) > limit and index > first:
            yield part(example, first, index)
            first, total, limit = index, 0, WINDOW
        total += len(pieces)
    if first < len(example.pieces):
        yield part(example, first, len(example.pieces))


def part(example: Example, first: int, last: int) -> Example:
    """Words [first, last) of an example. Attributions keep what lies wholly inside."""

    def inside(spans: list[Range]) -> list[Range]:
        return [(a - first, b - first) for a, b in spans if a >= first and b <= last]

    return Example(
        example.id,
        example.texts[first:last],
        example.pieces[first:last],
        example.features[first:last],
        *(
            None if labels is None else labels[first:last]
            for labels in (example.attribution, example.condition, example.name, example.drawn)
        ),
        [
            Attributed(
                inside(a.source) if len(inside(a.source)) == len(a.source) else [(-1, -1)],  # known, but outside
                inside(a.cue),
                inside(a.content),
            )
            for a in example.attributed
        ],
        None if example.told is None else example.told[first:last],
    )


def run(tagger: Tagger, windows: list[Example]) -> tuple[list[Tensor], list[int]]:
    """Head columns of each window's words, each [words, columns]."""
    length = max(sum(map(len, each.pieces)) for each in windows) + 2
    pieces = torch.zeros(len(windows), length, dtype=torch.long)
    features = torch.zeros(len(windows), length, 3, dtype=torch.long)
    mask = torch.zeros(len(windows), length, dtype=torch.bool)
    firsts = []
    for row, window in enumerate(windows):
        flat = [CLS, *(piece for word in window.pieces for piece in word), SEP]
        counts = np.array([len(word) for word in window.pieces])
        pieces[row, : len(flat)] = torch.tensor(flat)
        features[row, 1 : len(flat) - 1] = torch.from_numpy(np.repeat(window.features, counts, 0))
        mask[row, : len(flat)] = True
        firsts.append(torch.from_numpy(1 + np.cumsum(counts) - counts))
    columns = tagger(pieces, features, mask)
    return [columns[row][first] for row, first in enumerate(firsts)], [len(each) for each in firsts]


def loss_of(tagger: Tagger, windows: list[Example], columns: list[Tensor]) -> Tensor:
    """columns: what `run` gives for these windows."""
    total = torch.zeros(())
    for layer, begin, end, weight in (
        ("attribution", 0, 7, 1.0),
        ("condition", 7, 14, 1.0),
        ("name", 14, LABELS - DRAWN, 0.5),
        ("drawn", LABELS - DRAWN, LABELS, 1.0),
    ):
        logits, truth = [], []
        for window, each in zip(windows, columns, strict=True):
            labels = getattr(window, layer)
            if labels is not None:
                logits.append(each[:, begin:end])
                truth.append(torch.from_numpy(labels))
        if logits:
            share = sum(map(len, truth)) / sum(map(len, columns))  # a rare layer must not shout
            total = total + weight * share**0.5 * functional.cross_entropy(
                torch.cat(logits), torch.cat(truth), ignore_index=IGNORE
            )
    links = [
        link_loss(tagger, window, each[:, LABELS:])
        for window, each in zip(windows, columns, strict=True)
        if window.attributed
    ]
    links = [each for each in links if each is not None]
    if links:
        total = total + 0.3 * torch.stack(links).mean()
    return total


def load_kept(checkpoint: Path) -> Tagger:
    """The tagger whose answers are kept."""
    kept = Tagger(dropout=0.0)
    kept.load_state_dict(with_drawn(torch.load(checkpoint), kept))
    return kept.eval()


def drift(columns: list[Tensor], before: list[Tensor], missed: list[Tensor]) -> Tensor:
    """How far the answers went from those of a tagger before, in all but the drawn labels (divergence of the shares).

    Our own coverage marks no beliefs and wishes, and names nothing: learnt without this, fewer of them are found.
    missed: for each window, the words whose role that tagger missed (`missed_words`); they are free.
    """
    now, was = torch.cat(columns), torch.cat(before)
    total = KEPT_LINKS * functional.mse_loss(now[:, LABELS:], was[:, LABELS:])
    free = torch.cat([each > 0 for each in missed])
    for begin, end, weight in ((0, 7, 1.0), (7, 14, 0.5), (14, LABELS - DRAWN, 0.3)):
        told, kept = torch.log_softmax(now[:, begin:end], 1), torch.softmax(was[:, begin:end], 1)
        apart = functional.kl_div(told, kept, reduction="none").sum(1)
        total = total + weight * (apart.masked_fill(free, 0.0) if begin == 0 else apart).mean()
    return total


def missed_words(window: Example, before: Tensor) -> Tensor:
    """For each word, its marked role (the first of the two labels) where the tagger before saw nothing of the whole
    span, else 0. Where it saw something, its idea of where a span ends is better than our marks.
    """
    roles = np.zeros(len(window.texts), np.int64)
    if window.told is not None:
        shares = torch.softmax(before[:, :7], 1).numpy()
        edges = [0, *(np.flatnonzero(np.diff(window.told)) + 1), len(window.told)]
        for first, last in pairwise(edges):
            role = window.told[first]
            if role and (shares[first:last, role] + shares[first:last, role + 1]).max() < SEEN:
                roles[first:last] = role
        roles[[not text[0].isalnum() for text in window.texts]] = 0
    return torch.from_numpy(roles)


def told_loss(columns: list[Tensor], windows: list[Example], missed: list[Tensor]) -> Tensor:
    """How surprised the tagger is by the roles that were missed, wherever their spans begin."""
    losses = []
    for each, roles in zip(columns, missed, strict=True):
        places = torch.nonzero(roles > 0)[:, 0]
        if len(places):
            shares = torch.softmax(each[:, :7], 1)
            role = roles[places]
            losses.append(-torch.log(shares[places, role] + shares[places, role + 1] + 1e-5).mean())
    return torch.stack(losses).mean() if losses else torch.zeros(())


def calm_loss(columns: list[Tensor], windows: list[Example]) -> Tensor:
    """What is read as a line in PolNeAR's sentences without a conditional word is none: they hold next to no lines."""
    losses = []
    for window, each in zip(windows, columns, strict=True):
        if window.attribution is None:
            continue
        drawn = torch.softmax(each[:, LABELS - DRAWN : LABELS], 1)[:, 1:5].sum(1)[plain_words(window)]
        loud = drawn[drawn > 0.1]
        if len(loud):
            losses.append(-torch.log(1 - loud + 1e-4).mean() * min(1.0, len(loud) / 6))
        elif len(drawn):
            losses.append(-torch.log(1 - drawn + 1e-4).mean())
    return torch.stack(losses).mean() if losses else torch.zeros(())


def plain_words(window: Example) -> Tensor:
    """Which words stand in sentences without a conditional word."""
    plain = torch.ones(len(window.texts), dtype=torch.bool)
    start = 0
    for place in range(len(window.texts) + 1):
        if place == len(window.texts) or window.texts[place] in ".?!" or window.features[place, 1]:
            if any(text.lower() in CONDITIONAL for text in window.texts[start : place + 1]):
                plain[start : place + 1] = False
            start = place + 1 if place < len(window.texts) and not window.features[place, 1] else place
    return plain


class Rounded(nn.Linear):
    """A product as the exported graph does it: inputs in 8 bits by their range, weights in 7 bits a column; gradients
    pass as if nothing were rounded ("Quantization and Training of Neural Networks", CVPR 2018).
    """

    def forward(self, x: Tensor) -> Tensor:
        low, high = x.detach().amin().clamp(max=0), x.detach().amax().clamp(min=0)
        step = (high - low).clamp_min(1e-9) / 255
        zero = (-low / step).round()
        inputs = x + ((((x / step).round() + zero).clamp(0, 255) - zero) * step - x).detach()
        scale = self.weight.detach().abs().amax(1, keepdim=True).clamp_min(1e-9) / 63
        weights = self.weight + ((self.weight / scale).round().clamp(-64, 63) * scale - self.weight).detach()
        return functional.linear(inputs, weights, self.bias)


def round_products(tagger: Tagger) -> None:
    """Makes every product of the layers a rounded one; the names of the weights stay."""
    for layer in tagger.layers:
        for part in layer.modules():
            if isinstance(part, nn.Linear):
                part.__class__ = Rounded


def link_loss(tagger: Tagger, window: Example, columns: Tensor) -> Tensor | None:
    """How surprised the tagger is by the gold links of one window."""
    breaks = torch.from_numpy(np.cumsum(window.features[:, 1] > 0))
    known = [a for a in window.attributed if a.cue]
    cues = sorted({span for a in known for span in a.cue})
    if not cues:
        return None
    sources = sorted({span for a in window.attributed for span in a.source if span[0] >= 0})
    wanted: dict[Range, set[Range | None]] = {cue: set() for cue in cues}
    for a in known:
        for cue in a.cue:
            wanted[cue].update(a.source or [None])
    losses = [surprise(link_scores(tagger, columns, 0, cues, sources, breaks), cues, sources, wanted)]
    contents: dict[Range, set[Range | None]] = {}
    for a in window.attributed:
        for span in a.content:
            if a.cue:
                contents.setdefault(span, set()).update(a.cue)
    if contents:
        asks = sorted(contents)
        losses.append(surprise(link_scores(tagger, columns, 1, asks, cues, breaks), asks, cues, contents))
    return (
        torch.stack([each for each in losses if each is not None]).sum() if any(x is not None for x in losses) else None
    )


def surprise(
    scores: Tensor, asks: list[Range], answers: list[Range], wanted: dict[Range, set[Range | None]]
) -> Tensor | None:
    right = torch.zeros_like(scores, dtype=torch.bool)
    for row, ask in enumerate(asks):
        for column, answer in enumerate(answers):
            right[row, column] = answer in wanted[ask]
        right[row, -1] = None in wanted[ask]
    rows = right.any(1)
    if not rows.any():
        return None
    told = torch.log_softmax(scores[rows], 1).masked_fill(~right[rows], -1e4)
    return -torch.logsumexp(told, 1).mean()


if __name__ == "__main__":
    main()
