"""The trained files, checked by hash and run by ONNX Runtime.

A file whose hash is not the one in MANIFEST is never given to the runtime, and it is loaded from the very bytes that
were checked, so nothing can be swapped in between and no external data is followed.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.encoder.manifest import MANIFEST
from onrecord.encoder.pieces import PieceTable
from onrecord.encoder.windows import Window, cut_windows
from onrecord.encoder.words import Features, combine, describe_words, split_words
from onrecord.errors import ModelError
from onrecord.records.scores import (
    ATTRIBUTION_LABELS,
    CONDITION_LABELS,
    DRAWN_LABELS,
    NAME_LABELS,
    Float,
    LinkTable,
    WordScores,
    empty_scores,
)

CLS, SEP = 101, 102
LONGEST_SENTENCE = 126  # pieces the sentence model reads; it was trained on 128 with both ends
SLOW_FUSION = "SkipLayerNormFusion"  # its kernel takes 17% longer a window than the two plain nodes it replaces
LAYERS = tuple(map(len, (ATTRIBUTION_LABELS, CONDITION_LABELS, NAME_LABELS, DRAWN_LABELS)))


def read_file(name: str, manifest: Mapping[str, str] = MANIFEST) -> bytes:
    """The bytes of a shipped model file. Raises ModelError if it is missing or its hash is not the known one."""
    try:
        content = files("onrecord.encoder").joinpath("files", name).read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"needed the model file {name} inside the package, found none: install again") from error
    check_bytes(name, content, manifest)
    return content


def check_bytes(name: str, content: bytes, manifest: Mapping[str, str] = MANIFEST) -> None:
    """Raises ModelError unless the content has the hash that the code knows for this name."""
    found = sha256(content).hexdigest()
    if manifest.get(name) != found:
        raise ModelError(
            f"the model file {name} was changed: needed SHA-256 {manifest.get(name, 'of a known file')}, got {found}"
        )


def encoder_version() -> str:
    """The version of the shipped encoder, without loading it."""
    return f"tagger-{MANIFEST['tagger.onnx'][:8]}"


class OnnxEncoder:
    """Our encoder: a tagger with link vectors, and sentence models that are loaded only when asked for."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads
        tokenizer = Tokenizer.from_str(read_file("tokenizer.json").decode("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer, self._pieces = tokenizer, PieceTable(tokenizer)
        self._tagger = self._session("tagger.onnx")
        self._table = {key: np.asarray(value, np.float32) for key, value in json.loads(read_file("links.json")).items()}

    @property
    def version(self) -> str:
        """`tagger-` and the first digits of the tagger file's hash."""
        return encoder_version()

    def score(self, text: str) -> WordScores:
        """Label probabilities for every word of a text; memory is bounded by the window, time is linear."""
        words = split_words(text)
        if not words:
            return empty_scores()
        described = describe_words(text, words)
        pieces = self._pieces.split(text, words)
        windows = cut_windows([len(each) for each in pieces], np.flatnonzero(described[:, 1]).tolist())
        features = combine(described)
        columns = np.concatenate([self._score_window(window, pieces, features) for window in windows])
        ends = np.cumsum(LAYERS)
        layers = np.split(columns[:, : ends[-1]], ends[:-1], axis=1)
        attribution, condition, name, drawn = (softmax(part) for part in layers)
        relations = len(self._table["nothing_bias"])
        vectors = columns[:, ends[-1] :].reshape(len(words), relations, 2, -1)
        table = LinkTable(**self._table, breaks=np.cumsum(described[:, 1] > 0))
        return WordScores(words, attribution, condition, name, vectors[:, :, 0], vectors[:, :, 1], table, drawn)

    def embed(self, sentences: tuple[str, ...]) -> Float:
        """See Encoder.embed."""
        return _stack([self._vector(sentence, self._sentences) for sentence in sentences])

    def sense(self, sentences: tuple[str, ...]) -> Float:
        """See Encoder.sense."""
        return _stack([self._vector(sentence, self._sense) for sentence in sentences])

    def _score_window(self, window: Window, pieces: Sequence[Sequence[int]], features: Features) -> Float:
        own = pieces[window.first : window.last]
        counts = np.array([len(each) for each in own])
        flat = np.array([CLS, *(piece for word in own for piece in word), SEP], np.int64)
        spread = np.zeros(len(flat), np.int64)
        spread[1:-1] = np.repeat(features[window.first : window.last], counts)
        (columns,) = self._tagger.run(None, {"pieces": flat[None], "features": spread[None]})
        firsts = 1 + np.cumsum(counts) - counts
        kept = firsts[window.keep_first - window.first : window.keep_last - window.first]
        scored: Float = columns[0][kept]
        return scored

    def _vector(self, sentence: str, upper: Any) -> Float:
        ids = self._tokenizer.encode(sentence[:2000], add_special_tokens=False).ids[:LONGEST_SENTENCE]
        pieces = np.array([[CLS, *ids, SEP]], np.int64)
        (hidden,) = self._lower.run(None, {"pieces": pieces})
        (columns,) = upper.run(None, {"hidden": hidden})
        mean: NDArray[np.float32] = columns[0].mean(axis=0, keepdims=True)
        return mean / np.linalg.norm(mean)

    @cached_property
    def _lower(self) -> Any:
        return self._session("sentences_lower.onnx")

    @cached_property
    def _sentences(self) -> Any:
        return self._session("sentences.onnx")

    @cached_property
    def _sense(self) -> Any:
        return self._session("sense.onnx")

    def _session(self, name: str) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            read_file(name), options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION]
        )


def _stack(vectors: Sequence[Float]) -> Float:
    return np.concatenate(vectors) if vectors else np.zeros((0, 384), np.float32)


def softmax(logits: Float) -> Float:
    """Rows as probabilities."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Float = raised / raised.sum(axis=1, keepdims=True)
    return probabilities
