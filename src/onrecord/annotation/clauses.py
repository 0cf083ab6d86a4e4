"""What stands at the joint between two words of a sentence: where clauses may begin and end.

All places are word indices, ranges are end-exclusive. Nothing is decided here; annotation/conditions/ranking.py weighs
what these functions see.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from onrecord.annotation.words import Kind, Word, word_classes

Words = Sequence[Word]

REACH = 18  # words from a clause's first word to its verb; longer subjects are rarer than one in a hundred in GUM news
REPORT_REACH = 14  # words of a reporting clause behind its verb ("said the ministry's spokeswoman on Monday")
_DASHES = frozenset("—–-")
_QUOTES = frozenset('"“”«»')
_QUESTION_WORDS = frozenset({"what", "how", "why", "who", "whose", "which", "where", "when"})
_REMOTE = frozenset(
    {"would", "could", "might", "wouldn't", "couldn't", "i'd", "you'd", "he'd", "she'd", "it'd", "we'd", "they'd"}
)
_FUTURE = _REMOTE | {
    "will",
    "won't",
    "shall",
    "can",
    "may",
    "must",
    "should",
    "cannot",
    "can't",
    "i'll",
    "you'll",
    "he'll",
    "she'll",
    "it'll",
    "we'll",
    "they'll",
}
_CAUSES = frozenset({"because", "although", "though", "while", "whereas", "whereby", "since", "whilst"})


class Start(IntEnum):
    """How surely a main clause begins at a word."""

    NONE = 0
    NOUN = 1  # noun phrase and finite verb
    IMPERATIVE = 2
    MODAL = 3  # noun phrase and modal or auxiliary
    QUESTION = 4  # inverted or with a question word
    PRONOUN = 5  # pronoun and finite verb


class Opening(NamedTuple):
    """What begins at a word: how surely a clause, and where its finite verb stands (-1 if none)."""

    start: Start
    verb: int


_NOTHING = Opening(Start.NONE, -1)


def is_dash(word: Word) -> bool:
    """Whether the word is a dash that stands alone."""
    return word.lower in _DASHES


def is_quote(word: Word) -> bool:
    """Whether the word is a double quotation mark."""
    return word.lower in _QUOTES


def has_finite(words: Words, first: int, last: int) -> bool:
    """Whether a finite verb that is not a relative clause's stands in `[first, last)`."""
    return count_finite(words, first, last) > 0


def count_finite(words: Words, first: int, last: int) -> int:
    """How many finite clauses stand in `[first, last)`, relative clauses left out."""
    owed = found = 0
    for index in range(first, last):
        if opens_relative(words, index, first):
            owed += 1
        elif words[index].is_finite and not (index > first and words[index - 1].is_finite):
            if owed:
                owed -= 1
            else:
                found += 1
    return found


def opens_relative(words: Words, index: int, first: int) -> bool:
    """Whether a relative word follows a noun within the stretch: its clause owes one finite verb."""
    if words[index].lower not in word_classes().relatives or index == first:
        return False
    before = words[index - 1]
    return before.kind is Kind.NOUN or (before.lower == "," and words[index].lower != "that")


def opening(words: Words, first: int, last: int) -> Opening:
    """Whether a main clause begins at `first`, at most a few adverbs on."""
    index = _skip_lead(words, first, last)
    if index >= last:
        return _NOTHING
    word = words[index]
    following = next_real(words, index + 1, last)
    if word.kind is Kind.CONTRACTED:
        return Opening(Start.PRONOUN, index)
    relative = word.lower in _QUESTION_WORDS
    if word.kind is Kind.SUBJECT and not relative and following < last and words[following].is_finite:
        return Opening(Start.PRONOUN, following)
    if word.kind in (Kind.MODAL, Kind.AUXILIARY):
        return _inverted(words, index, last)
    if word.kind is Kind.BASE:
        return Opening(Start.IMPERATIVE, index)
    if relative:
        return _question(words, index, last)
    return _noun_clause(words, index, last)


def _skip_lead(words: Words, first: int, last: int) -> int:
    """Past quotation marks, adverbs and short introductions ("of course")."""
    index = first
    while index < min(last, first + 6):
        word = words[index]
        if is_quote(word) or word.kind is Kind.ADVERB or word.lower in ("then", "please", "so", "uh", "um"):
            index += 1
        elif word.lower == "of" and index + 1 < last and words[index + 1].lower == "course":
            index += 2
        elif word.lower == "," and index > first and words[index - 1].kind is Kind.ADVERB:
            index += 1
        else:
            break
    return index


def next_real(words: Words, index: int, last: int) -> int:
    """The place of the first word from `index` on that is no adverb."""
    while index < last and words[index].kind is Kind.ADVERB:
        index += 1
    return index


def _inverted(words: Words, index: int, last: int) -> Opening:
    """A question or imperative that begins with its auxiliary: "would you", "do not"."""
    after = words[index + 1] if index + 1 < last else None
    if after is None:
        return _NOTHING
    if words[index].lower in ("do", "don't") and after.kind in (Kind.ADVERB, Kind.BASE, Kind.NOUN):
        return Opening(Start.IMPERATIVE, index)
    if after.kind in (Kind.SUBJECT, Kind.DETERMINER):
        return Opening(Start.QUESTION, index)
    return _NOTHING


def _question(words: Words, index: int, last: int) -> Opening:
    for verb in range(index + 1, min(last, index + 6)):
        if words[verb].kind in (Kind.MODAL, Kind.AUXILIARY):
            return Opening(Start.QUESTION, verb)
        if words[verb].kind is Kind.MARK:
            break
    return _NOTHING


def _noun_clause(words: Words, first: int, last: int) -> Opening:
    """A noun phrase up to its finite verb; relative clauses inside it are passed over."""
    owed = nouns = 0
    for index in range(first, min(last, first + REACH)):
        word = words[index]
        if word.is_finite and owed:
            owed -= 1
        elif word.is_finite:
            strong = word.kind in (Kind.MODAL, Kind.AUXILIARY)
            return Opening(Start.MODAL if strong else Start.NOUN, index) if nouns else _NOTHING
        elif opens_relative(words, index, first):
            owed += 1
        elif _ends_noun_phrase(word, index > first):
            return _NOTHING
        elif word.kind in (Kind.NOUN, Kind.NUMBER, Kind.SUBJECT, Kind.DETERMINER, Kind.ING):
            nouns += 1
    return _NOTHING


def _ends_noun_phrase(word: Word, later: bool) -> bool:
    if word.lower in (",", ";", ":", "?") or is_dash(word):
        return True
    return later and word.kind in (Kind.SUBORDINATOR, Kind.CONTRACTED)


def reporting(words: Words, first: int, last: int) -> int:
    """How many words a reporting clause has that begins at `first` ("said the minister on Monday,"); 0 if none does."""
    speech = word_classes().speech
    for index in range(first, min(last, first + 8)):
        word = words[index]
        if word.lower in speech and word.kind is not Kind.BASE and (index > first or _said_by(words, index + 1, last)):
            return _reporting_end(words, first, index, last)
        if word.is_finite or (word.kind is Kind.MARK and index > first):
            break
    return 0


def _said_by(words: Words, index: int, last: int) -> bool:
    """Whether a speaker follows a verb that opens the clause ("said the minister")."""
    return index < last and words[index].kind in (Kind.NOUN, Kind.DETERMINER, Kind.SUBJECT, Kind.NUMBER)


def _reporting_end(words: Words, first: int, verb: int, last: int) -> int:
    for index in range(verb + 1, min(last, verb + REPORT_REACH)):
        word = words[index]
        if word.lower in (",", ".", ":", ";") or is_quote(word):
            return index - first
        if word.is_finite or word.lower == "that":
            return 0
    return last - first if last - verb <= REPORT_REACH else 0


def closes_quote(words: Words, first: int, index: int) -> bool:
    """Whether a quotation that was opened before `first` closes at `index`."""
    mark = words[index].lower
    if mark in ("”", "»"):
        return not any(words[inner].lower in ("“", "«", '"') for inner in range(first, index))
    if mark == '"':
        return sum(words[inner].lower in ('"', "“") for inner in range(first, index)) % 2 == 0
    return False


def joint_before(words: Words, index: int, first: int) -> str:
    """What stands right before `index`, in one word: a mark or the class of the word; `first` is where to stop."""
    if index <= first:
        return "start"
    word = words[index - 1]
    if word.kind is not Kind.MARK:
        return word.kind.value
    if is_quote(word):
        stopped = index - 2 >= first and words[index - 2].lower in (",", ".", "!", "?", "…")
        return "stopped quote" if stopped else "quote"
    if is_dash(word):
        return "dash"
    names = {",": "comma", ";": "semicolon", ":": "colon", ")": "bracket", "]": "bracket", "…": "dots", ".": "dots"}
    return names.get(word.lower, "mark")


def joint_after(words: Words, index: int, last: int) -> str:
    """What begins at `index`, in one word: a kind of clause, or the class of the word."""
    if index >= last:
        return "end"
    word = words[index]
    if word.lower == "then":
        return "then"
    if word.kind is Kind.MARK and not is_quote(word):
        return "bracket" if word.lower in "([" else "dash" if is_dash(word) else "mark"
    if reporting(words, index, last) or _reports_that(words, index, last):
        return "report"
    if word.kind is Kind.COORDINATOR:
        return f"{word.lower} {_clause_word(words, index + 1, last)}"
    return _clause_word(words, index, last)


_RELATIVE = frozenset({"who", "which", "whom", "whose"})


def _tone(verb: str) -> str:
    """Whether a finite verb speaks of the remote or of the future, as a suffix of a clause's name."""
    return " would" if verb in _REMOTE else " will" if verb in _FUTURE else ""


def _reports_that(words: Words, index: int, last: int) -> bool:
    """Whether a report with its own "that" begins: "the envoy replied that"."""
    verb = opening(words, index, min(last, index + 8)).verb
    return 0 <= verb < last - 1 and words[verb].lower in word_classes().speech and words[verb + 1].lower == "that"


def _clause_word(words: Words, index: int, last: int) -> str:
    if index >= last:
        return "end"
    word = words[index]
    if word.lower in _CAUSES:
        return "cause"
    if word.lower in ("that", "than", "as", "if", "unless"):
        return word.lower
    if word.lower in _RELATIVE and index and (words[index - 1].kind is Kind.NOUN or words[index - 1].lower == ","):
        tone = next((each for each in words[index + 1 : index + 4] if each.is_finite), None)
        return "relative" + _tone(tone.lower if tone else "")
    start, verb = opening(words, index, last)
    if start is Start.NONE and word.kind in (Kind.MODAL, Kind.AUXILIARY, Kind.FINITE):
        return "verb"
    if start >= Start.MODAL and words[verb].lower in _FUTURE:
        return start.name.lower() + _tone(words[verb].lower)
    if start is Start.NONE and word.lower in ("which", "who", "whom", "whose", "where", "when"):
        return "relative"
    return start.name.lower() if start else word.kind.value
