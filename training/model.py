"""MiniLM-L6 with word-shape, line-break and quotation features, and one linear head for everything it tells.

Head columns, per word: attribution labels, condition labels, name labels, drawn labels, then the link vectors
[relation, from/to, LINK]. Links: relation 0 asks each cue for its source, relation 1 each content for its cue;
a score is a product of two vectors plus what distance and line breaks say ("Deep Biaffine Attention", ICLR 2017,
without its middle matrix).
"""

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encoder.words import BREAKS, QUOTES, SHAPES
from onrecord.records.scores import ATTRIBUTION_LABELS, CONDITION_LABELS, DRAWN_LABELS, NAME_LABELS

WIDTH, LAYERS, HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522
FROZEN_LAYERS = 2  # the lowest layers, which tuning for sense leaves as published
LINK, RELATIONS, DISTANCES, CROSSINGS = 64, 2, 20, 4
DRAWN = len(DRAWN_LABELS)
LABELS = sum(map(len, (ATTRIBUTION_LABELS, CONDITION_LABELS, NAME_LABELS, DRAWN_LABELS)))


class Layer(nn.Module):
    """One transformer layer as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.norm_mixed = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm_outer = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=mask
        )
        seen = seen.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm_mixed(x + self.dropout(self.mixed(seen)))
        return self.norm_outer(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Tagger(nn.Module):
    """pieces [batch, length], features [batch, length, 3], mask bool [batch, length] → [batch, length, columns]."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.described = nn.ModuleList(nn.Embedding(len(values), WIDTH) for values in (SHAPES, BREAKS, QUOTES))
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.head = nn.Linear(WIDTH, LABELS + RELATIONS * 2 * LINK)
        self.nothing = nn.Parameter(torch.zeros(RELATIONS, LINK))  # what "no source" and "no cue" look like
        self.nothing_bias = nn.Parameter(torch.zeros(RELATIONS))
        self.distance = nn.Parameter(torch.zeros(RELATIONS, DISTANCES))
        self.crossing = nn.Parameter(torch.zeros(RELATIONS, CROSSINGS))
        self.dropout = nn.Dropout(dropout)
        for table in self.described:
            nn.init.normal_(table.weight, std=0.005)
        self.start_near()

    def start_near(self) -> None:
        """Begins with what is known without training: the nearest answer in the paragraph is nearly always right."""
        half = DISTANCES // 2
        steps = torch.tensor([*range(half - 1, -1, -1), *range(half)], dtype=torch.float)
        self.distance.data.copy_(-0.7 * steps)
        self.crossing.data.copy_(-1.5 * torch.arange(CROSSINGS, dtype=torch.float))
        self.nothing_bias.data.fill_(-5.0)

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        return self.head(self.dropout(self.encode(pieces, features, mask)))

    def encode(self, pieces: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        length = pieces.shape[1]
        x = self.words(pieces) + self.positions.weight[:length] + self.kind
        for column, table in enumerate(self.described):
            x = x + table(features[:, :, column])
        x = self.dropout(self.norm(x))
        reach = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, reach)
        return x

    def load_base(self, path: Path) -> None:
        """Takes over the published weights of all-MiniLM-L6-v2 (safetensors)."""
        given = load_file(path)

        def copy(target: nn.Module, name: str) -> None:
            target.load_state_dict({part: given[f"{name}.{part}"] for part in dict(target.named_parameters())})

        copy(self.words, "embeddings.word_embeddings")
        copy(self.positions, "embeddings.position_embeddings")
        self.kind.data.copy_(given["embeddings.token_type_embeddings.weight"][0])
        copy(self.norm, "embeddings.LayerNorm")
        for index, layer in enumerate(self.layers):
            name = f"encoder.layer.{index}"
            for part in ("query", "key", "value"):
                copy(getattr(layer, part), f"{name}.attention.self.{part}")
            copy(layer.mixed, f"{name}.attention.output.dense")
            copy(layer.norm_mixed, f"{name}.attention.output.LayerNorm")
            copy(layer.inner, f"{name}.intermediate.dense")
            copy(layer.outer, f"{name}.output.dense")
            copy(layer.norm_outer, f"{name}.output.LayerNorm")
        self.words.weight.requires_grad_(False)


def link_scores(
    tagger: Tagger,
    columns: Tensor,
    relation: int,
    asks: list[tuple[int, int]],
    answers: list[tuple[int, int]],
    breaks: Tensor,
) -> Tensor:
    """[asks, answers + 1] logits; the last column is "nothing". columns [words, link columns] of one window."""
    vectors = columns.view(-1, RELATIONS, 2, LINK)[:, relation]
    ask = span_vectors(vectors[:, 0], asks)
    nothing = (ask @ tagger.nothing[relation]) / math.sqrt(LINK) + tagger.nothing_bias[relation]
    if not answers:
        return nothing[:, None]
    answer = span_vectors(vectors[:, 1], answers)
    scores = ask @ answer.T / math.sqrt(LINK)
    scores = scores + tagger.distance[relation][distance_buckets(asks, answers)]
    scores = scores + tagger.crossing[relation][crossing_buckets(asks, answers, breaks)]
    return torch.cat([scores, nothing[:, None]], 1)


def span_vectors(vectors: Tensor, spans: list[tuple[int, int]]) -> Tensor:
    """Mean of the first and last word's vectors, [spans, LINK]."""
    first = torch.tensor([first for first, _ in spans])
    last = torch.tensor([last - 1 for _, last in spans])
    return (vectors[first] + vectors[last]) / 2


def distance_buckets(asks: list[tuple[int, int]], answers: list[tuple[int, int]]) -> Tensor:
    """[asks, answers]: 0..9 answer before (far to near), 10..19 after (near to far), by powers of two."""
    table = []
    for a, b in asks:
        row = []
        for c, d in answers:
            after = c >= a
            gap = max(c - b, 0) if after else max(a - d, 0)
            step = min(int(math.log2(gap + 1)), DISTANCES // 2 - 1)
            row.append(DISTANCES // 2 + step if after else DISTANCES // 2 - 1 - step)
        table.append(row)
    return torch.tensor(table)


def crossing_buckets(asks: list[tuple[int, int]], answers: list[tuple[int, int]], breaks: Tensor) -> Tensor:
    """[asks, answers]: how many line breaks lie between, at most CROSSINGS - 1. breaks: cumulated, [words]."""
    ask = torch.tensor([a for a, _ in asks])
    answer = torch.tensor([c for c, _ in answers])
    return (breaks[ask][:, None] - breaks[answer][None, :]).abs().clamp(max=CROSSINGS - 1)
