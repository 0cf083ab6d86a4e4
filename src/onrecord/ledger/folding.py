"""Text as search sees it: case, accents, quotation marks and kinds of space folded away, raw offsets kept."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from onrecord.errors import LedgerError
from onrecord.records.spans import Span, Spans

MOST_TERMS = 64  # a question, not a text: 64 quoted words take 20 ms on 100,000 documents
MOST_CHARACTERS = 4_000
# Longer runs of letters are no word, and are cut: FTS5 keeps 32,768 bytes of one and PostgreSQL's index under 2,712, so
# that the index would hold other words than the text. 500 characters are at most 2,000 bytes.
LONGEST_WORD = 500
# Thai, Lao, Burmese, Khmer, Japanese and Chinese are written without spaces: each of their signs is a word of its own,
# and what is searched for must follow sign by sign.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LETTER = rf"[^\W_{SPACELESS}]"
PLAIN_LETTER = r"[^\W_]"
WORD = re.compile(rf"{LETTER}{{1,{LONGEST_WORD}}}|(?!\W)[{SPACELESS}]")
ALONE = re.compile(f"[{SPACELESS}]")
# Quotation marks that NFKD leaves alone; apostrophes stay apart, for they stand inside words.
QUOTES = dict.fromkeys("«»“”„‟‹›＂", '"') | dict.fromkeys("‘’‚‛ʼʹ′`", "'")
# Letters that Unicode does not decompose, as people without them on their keyboard type them.
LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}


class _Folded(dict[int, str]):
    """How each character is folded, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in QUOTES:
        return QUOTES[character]
    if character.isspace():
        return " "
    # Casefold before and after: some letters decompose into capitals, some capitals casefold into letters with marks.
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(
        LETTERS.get(part, part)
        for part in parts
        if not unicodedata.combining(part) and unicodedata.category(part) != "Cf"
    )


FOLDED = _Folded()


def fold(text: str) -> str:
    """The text with case, accents, quotation marks and kinds of space folded. Not of the same length."""
    return text.translate(FOLDED)


def fold_words(text: str) -> str:
    """The folded words alone, one space between them: what the search index is given."""
    return " ".join(WORD.findall(fold(text)))


def fold_name(name: str) -> str:
    """A name as it is compared: folded, words only."""
    return fold_words(name)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other. prefix: the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False

    def as_match(self) -> str:
        """The term in the search index's language; words hold nothing but letters and digits, so nothing escapes."""
        return '"' + " ".join(self.words) + '"' + ("*" if self.prefix else "")

    def as_pattern(self, letter: str) -> str:
        """The term as a regular expression over folded text. No word starts or ends within letters of its own kind."""
        start = "" if ALONE.match(self.words[0]) else f"(?<!{letter})"
        end = "" if self.prefix or ALONE.match(self.words[-1]) else f"(?!{letter})"
        between = (r"[\W_]*" if ALONE.match(a) or ALONE.match(b) else r"[\W_]+" for a, b in pairwise(self.words))
        gaps = (*between, "")
        return start + "".join(re.escape(word) + gap for word, gap in zip(self.words, gaps, strict=True)) + end


def read_query(text: str) -> tuple[Term, ...]:
    """The terms of a search: "quoted phrases" and words, `word*` for a beginning. Signs alone are no term.

    Raises LedgerError (`query`) for more than MOST_TERMS terms or MOST_CHARACTERS characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise _too_long(f"{len(text)} characters")
    terms = tuple(term for piece in _split_query(fold(text)) if (term := _read_term(piece)) is not None)
    if len(terms) > MOST_TERMS:
        raise _too_long(f"{len(terms)} terms")
    return terms


def _too_long(came: str) -> LedgerError:
    needed = f"at most {MOST_TERMS} terms and {MOST_CHARACTERS:,} characters"
    return LedgerError(f"a search takes {needed}: got {came}", code="query")


def _split_query(folded: str) -> list[str]:
    return [phrase or word for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', folded)]


def _read_term(piece: str) -> Term | None:
    words = tuple(WORD.findall(piece))
    return Term(words, piece.rstrip().endswith("*")) if words else None


def find_terms(text: str, terms: tuple[Term, ...]) -> Spans:
    """Raw spans of every place where a term stands, in reading order, without overlaps."""
    if not terms:
        return ()
    folded, starts = _fold_with_offsets(text)
    # The same where no sign stands alone, and compiled in a twentieth of the time.
    letter = LETTER if ALONE.search(folded) else PLAIN_LETTER
    pattern = re.compile("|".join(term.as_pattern(letter) for term in terms))
    return tuple(Span(starts[found.start()], _raw_end(starts, found.end())) for found in pattern.finditer(folded))


def _fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters (and its end) the raw offset it comes from."""
    folded = [FOLDED[ord(character)] for character in text]
    starts = [offset for offset, piece in enumerate(folded) for _ in piece]
    starts.append(len(text))
    return "".join(folded), starts


def _raw_end(starts: list[int], end: int) -> int:
    """Where the raw span ends: before the next folded character, so that accents written apart stay with their letter.

    A letter that folds into several counts whole.
    """
    last = starts[end - 1]
    following = end
    while starts[following] == last:
        following += 1
    return starts[following]
