"""Words → word pieces. A word's pieces never depend on its neighbours, so what was looked up once is remembered."""

from collections.abc import Sequence

from tokenizers import Tokenizer

from onrecord.encoder.words import LONGEST
from onrecord.errors import ModelError
from onrecord.records.spans import Span

MOST_PIECES = 8  # of one word; a 5 MB word is no reason to run for minutes
CHUNK = 5_000  # words given to the tokenizer at a time
MOST_WORDS = 50_000  # remembered, about 10 MB; then forgotten all at once, so that memory stays flat

Pieces = tuple[int, ...]


class PieceTable:
    """Piece ids by word. A word without any known piece is one unknown piece."""

    def __init__(self, tokenizer: Tokenizer, most: int = MOST_WORDS) -> None:
        unknown = tokenizer.token_to_id("[UNK]")
        if unknown is None:
            raise ModelError("needed a vocabulary with an [UNK] piece, got one without")
        self._tokenizer, self._unknown, self._most = tokenizer, (int(unknown),), most
        self._known: dict[str, Pieces] = {}

    def split(self, text: str, words: Sequence[Span]) -> list[Pieces]:
        """Piece ids of each word, at most MOST_PIECES."""
        found: list[Pieces] = []
        for start in range(0, len(words), CHUNK):
            chunk = [text[first : min(last, first + LONGEST)] for first, last in words[start : start + CHUNK]]
            self._learn(chunk)
            found += [self._known[word] for word in chunk]
        return found

    def _learn(self, words: Sequence[str]) -> None:
        if len(self._known) > self._most:
            self._known.clear()
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if not new:
            return
        encoded = self._tokenizer.encode(new, is_pretokenized=True, add_special_tokens=False)
        found: list[list[int]] = [[] for _ in new]
        for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
            if word is not None and len(found[word]) < MOST_PIECES:
                found[word].append(piece)
        self._known.update((word, tuple(ids) or self._unknown) for word, ids in zip(new, found, strict=True))
