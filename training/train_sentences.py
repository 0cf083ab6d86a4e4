"""Tunes the upper layers of the sentence model: wordings of one deed near each other, what only sounds alike apart.

python training/train_sentences.py --base MINILM_FOLDER --out FOLDER

The published model takes words in common for sense: it puts wordings of one deed no nearer than other deeds told in the
same words. Here each wording is drawn to the others of its block and away from all else in the batch, the block's own
counterexamples among them (supervised contrastive loss, Khosla et al., NeurIPS 2020).
A second loss keeps the likeness of single words as it was: the lists of words near each other rest on it.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from model import FROZEN_LAYERS, Tagger
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

HERE = Path(__file__).parent
WORDINGS = HERE / "wordings.txt"
LEXICON = HERE.parent / "src" / "onrecord" / "lexicon"
LONGEST = 64  # pieces of a wording
BLOCKS, SAME, OTHER, WORDS = 12, 4, 3, 24  # a batch: blocks, wordings of each, counterexamples of each, single words
TEMPERATURE = 0.07
RATE, WARM = 1e-4, 20  # learning rate, and the steps until it is reached
KEEP = 15.0  # weight of the loss that keeps single words as they were
HELD_OUT = 6  # one block in so many is kept for measuring, unless --all


@dataclass(frozen=True, slots=True)
class Block:
    """Wordings of one deed, and what is told in like words but is another deed."""

    same: tuple[str, ...]
    other: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="train on all blocks, keep none for measuring")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    random.seed(chosen.seed)
    torch.manual_seed(chosen.seed)
    embedder = Embedder(chosen.base)
    blocks = read_blocks(WORDINGS.read_text(encoding="utf-8"))
    random.Random(7).shuffle(blocks)
    held, kept = blocks[: len(blocks) // HELD_OUT], blocks if chosen.all else blocks[len(blocks) // HELD_OUT :]
    print("before", measure(embedder, held))
    for epoch in train(embedder, kept, list_words(), chosen.epochs):
        print(epoch, "" if chosen.all else measure(embedder, held), flush=True)
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.save(embedder.model.state_dict(), chosen.out / "sentences.pt")


def read_blocks(text: str) -> list[Block]:
    """Blocks divided by an empty line: a line "= wording | wording", then one "! counterexample | counterexample"."""

    def listed(block: str, sign: str) -> tuple[str, ...]:
        lines = (line[1:].split("|") for line in block.splitlines() if line.startswith(sign))
        return tuple(wording.strip() for line in lines for wording in line)

    return [Block(listed(block, "="), listed(block, "!")) for block in text.strip().split("\n\n")]


def list_words() -> list[str]:
    """The words of the package's lexicons."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(LEXICON.glob("*.yml")))
    return sorted({word for word in text.split() if word.isalpha() and word.islower() and len(word) > 3})


class Embedder:
    """The model with its tokenizer; texts → vectors of length 1, [texts, 384]."""

    def __init__(self, base: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.model = Tagger(dropout=0.0)
        self.model.load_base(base / "model.safetensors")

    def __call__(self, texts: Sequence[str]) -> Tensor:
        pieces = [self.tokenizer.encode(text).ids[:LONGEST] for text in texts]
        longest = max(map(len, pieces))
        table, mask = torch.zeros(len(texts), longest, dtype=torch.long), torch.zeros(len(texts), longest)
        for row, each in enumerate(pieces):
            table[row, : len(each)], mask[row, : len(each)] = torch.tensor(each), 1.0
        x = self.model.norm(self.model.words(table) + self.model.positions.weight[:longest] + self.model.kind)
        x = functional.dropout(x, 0.1, self.model.training)
        reach = torch.zeros(mask.shape).masked_fill(mask == 0, -1e4)[:, None, None, :]
        for layer in self.model.layers:
            x = layer(x, reach)
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=1)

    @torch.no_grad()
    def fixed(self, texts: Sequence[str]) -> Tensor:
        """The vectors of texts, without dropout."""
        self.model.eval()
        return torch.cat([self(texts[start : start + 64]) for start in range(0, len(texts), 64)])


def train(embedder: Embedder, blocks: list[Block], words: list[str], epochs: int) -> Iterator[int]:
    """Yields each epoch's number when it is done."""
    before = dict(zip(words, embedder.fixed(words), strict=True))
    weights = [weight for layer in embedder.model.layers[FROZEN_LAYERS:] for weight in layer.parameters()]
    optimizer = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01)
    steps, step = epochs * (len(blocks) // BLOCKS), 0
    for epoch in range(epochs):
        random.shuffle(blocks)
        for start in range(0, len(blocks) - BLOCKS + 1, BLOCKS):
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARM) * max(0.05, 1 - step / steps)
            embedder.model.train()
            loss = contrast(embedder, blocks[start : start + BLOCKS])
            drawn = random.sample(words, WORDS)
            now, then = embedder(drawn), torch.stack([before[word] for word in drawn])
            loss = loss + KEEP * (now @ now.T - then @ then.T).pow(2).mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
        yield epoch


def contrast(embedder: Embedder, blocks: Sequence[Block]) -> Tensor:
    """The loss of a batch: each wording against all texts that are not of its block."""
    texts: list[str] = []
    labels: list[int] = []
    for number, block in enumerate(blocks):
        same = random.sample(block.same, min(SAME, len(block.same)))
        other = random.sample(block.other, min(OTHER, len(block.other)))
        texts += same + other
        labels += [number] * len(same) + [-len(texts) + place for place in range(len(other))]  # each for itself
    vectors, of = embedder(texts), torch.tensor(labels)
    itself = torch.eye(len(texts), dtype=torch.bool)
    alike = (of[:, None] == of[None, :]) & ~itself
    scores = (vectors @ vectors.T / TEMPERATURE).masked_fill(itself, -1e9)
    against = torch.logsumexp(scores.masked_fill(alike, -1e9), 1, keepdim=True)
    return ((torch.logaddexp(scores, against) - scores) * alike).sum() / alike.sum()


def measure(embedder: Embedder, blocks: Sequence[Block]) -> dict[str, float]:
    """How often two wordings of one deed are nearer than a wording and a counterexample of the same block."""
    right: list[float] = []
    for block in blocks:
        same, other = embedder.fixed(block.same).numpy(), embedder.fixed(block.other).numpy()
        near = (same @ same.T)[np.triu_indices(len(same), 1)]
        far = (same @ other.T).ravel()
        right.append(float((near[:, None] > far[None, :]).mean()))
    return {"blocks": len(blocks), "nearer": round(float(np.mean(right)), 3)}


if __name__ == "__main__":
    main()
