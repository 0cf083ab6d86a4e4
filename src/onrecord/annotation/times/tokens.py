"""Words and numbers of a sentence with the kinds of time word they are (lexicon/times.yml)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from onrecord.annotation.words import word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.spans import Span

LITERAL = re.compile(r"(?<![\w<])[a-z][a-z']*(?![\w:])")  # a lower-case word in a pattern stands for itself

_TOKEN = re.compile(
    r"""
    \d{4}[-/]\d{2}[-/]\d{2}(?![\d/]) | \d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)
    | \d{1,2}/\d{1,2}/\d\d(?:\d\d)?(?![\d/]) | \d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)
    | \d+[.:]\d+(?::\d\d)? | \d/\d(?!\d) | \d+(?:st|nd|rd|th|s)\b | \d+0['’]s\b | ['’]\d\ds?\b | \d+ | [QH][1-4]\b
    | (?:[^\W\d_]\.){2,} | o['’]clock\b | [^\W\d_]+(?=['’]s\b) | [^\W\d_]+(?:['’][^\W\d_]+)?
    | ['’]s\b | -- | [^\w\s]
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One word, number or sign. kinds: what it can be, each with its worth; sign: one character for that set."""

    span: Span
    word: str
    kinds: Mapping[str, Any]
    sign: str
    is_capital: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The kinds of every listed word and of every shape of digits, and one sign for each set of kinds."""

    words: Mapping[str, Mapping[str, Any]]
    small: Mapping[str, Mapping[str, Any]]  # words that are something else without their capital
    shapes: tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]
    shortened: frozenset[str]  # abbreviations that take a stop with them
    signs: Mapping[frozenset[str], str]

    def signs_of(self, kind: str) -> str:
        """All signs of sets that hold this kind."""
        return "".join(sign for kinds, sign in self.signs.items() if kind in kinds)


OTHER = "."  # the sign of a word without kinds
REMEMBERED = 20_000  # printed words whose kinds are kept; the same words come again and again


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary as lexicon/times.yml has it."""
    lexicon = load_lexicon("times")
    words = _word_kinds(lexicon)
    capital = frozenset(lexicon["needs_capital"])
    literals = _literals(lexicon)
    small = {word: {kind: None for kind in words[word] if kind in literals} for word in capital if word in words}
    shapes = tuple((re.compile(each["shape"]), dict.fromkeys(each["kinds"])) for each in lexicon["shapes"])
    sets = {frozenset(kinds) for kinds in (*words.values(), *small.values(), *(kinds for _, kinds in shapes))}
    ordered = sorted((kinds for kinds in sets if kinds), key=sorted)
    signs = {kinds: chr(0xE000 + number) for number, kinds in enumerate(ordered)}
    short = frozenset((*lexicon["words"]["MAYBE_MONTH"], *lexicon["words"]["SHORT_WEEKDAY"])) - {"march", "may"}
    return Vocabulary(words, small, shapes, short, signs)


def _word_kinds(lexicon: Any) -> dict[str, dict[str, Any]]:
    words: dict[str, dict[str, Any]] = {}
    for kind, members in lexicon["words"].items():
        for word, worth in members.items():
            words.setdefault(word, {})[kind] = worth
    for literal in _literals(lexicon):
        words.setdefault(literal, {})[literal] = None
    return words


@cache
def parts() -> Mapping[str, str]:
    """The named pieces of patterns; the names of feasts are one of them."""
    lexicon = load_lexicon("times")
    longest_first = sorted(lexicon["holidays"], key=len, reverse=True)
    names = "|".join(name.replace("'s", " POSSESSIVE") for name in longest_first)
    return {**lexicon["parts"], "HOLIDAY": f"(?:{names})"}


def _literals(lexicon: Any) -> frozenset[str]:
    patterns = (*parts().values(), *(rule["pattern"] for rule in lexicon["rules"]))
    return frozenset(word for pattern in patterns for word in LITERAL.findall(pattern))


def read_tokens(text: str, sentence: Span) -> tuple[Token, ...]:
    """The tokens of one sentence, in reading order."""
    known = vocabulary()
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, *sentence):
        if not tokens or match.start() >= tokens[-1].span.end:  # an abbreviation has taken its stop already
            tokens.append(_token(known, text, match))
    return tuple(_in_context(tokens, at) for at in range(len(tokens)))


def _in_context(tokens: Sequence[Token], at: int) -> Token:
    """A token, without the kind REL where it is a preposition or conjunction.

    As in "following a week of talks", "he said that last week they met".
    """
    token = tokens[at]
    if "REL" not in token.kinds:
        return token
    if token.word == "following":
        stands = at > 0 and tokens[at - 1].word == "the"
    elif token.word == "that" and at + 1 < len(tokens):
        stands = not _opens_clause(tokens[at + 1], tokens[at - 1].word if at else "")
    else:
        stands = True
    if stands:
        return token
    kinds = {kind: worth for kind, worth in token.kinds.items() if kind != "REL"}
    return token._replace(kinds=kinds, sign=vocabulary().signs.get(frozenset(kinds), OTHER))


def _opens_clause(following: Token, before: str) -> bool:
    """Whether "that" between the two is a conjunction: "that last week", "says that Sunday's vote"."""
    relation = following.kinds.get("REL")
    if relation is not None:
        return bool(relation[1] == "published")
    return "WEEKDAY" in following.kinds and (before in word_classes().speech or before in _telling())


@cache
def _telling() -> frozenset[str]:
    return frozenset(load_lexicon("times")["telling"])


def _token(known: Vocabulary, text: str, match: re.Match[str]) -> Token:
    start, end = match.span()
    printed = match.group()
    word, kinds, sign = _read(printed)
    if printed == "-" and text[start - 1 : start].isspace() and text[end : end + 1].isspace():
        word, kinds, sign = _read("–")  # a hyphen between blanks is a dash
    if word in known.shortened and text[end : end + 1] == ".":
        end += 1
    return Token(Span(start, end), word, kinds, sign, printed[0].isupper())


@lru_cache(REMEMBERED)
def _read(printed: str) -> tuple[str, Mapping[str, Any], str]:
    """A token in small letters, the kinds it is of, and their sign."""
    known = vocabulary()
    word = printed.lower().replace("’", "'")
    kinds = _kinds(known, printed, word)
    return word, kinds, known.signs.get(frozenset(kinds), OTHER) if kinds else OTHER


def _kinds(known: Vocabulary, printed: str, word: str) -> Mapping[str, Any]:
    if word[0].isdigit() or (word[0] == "'" and word[1:2].isdigit()) or printed[0] in "QH" or printed[0] in "¼½¾":
        shaped = next((kinds for shape, kinds in known.shapes if shape.fullmatch(printed)), None)
        if shaped is not None:
            return shaped
    if word.count(".") > 1:
        word = word.rstrip(".")
    if word in known.small and printed[0].islower():
        return known.small[word]
    return known.words.get(word, {})
