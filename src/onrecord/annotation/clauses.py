"""Where clauses begin and end among the words of one sentence.

All places are word indices, end-exclusive. The rules look for a subject with a finite verb behind a comma, "then",
a closing quotation mark; they follow what the Georgetown Discourse Treebank takes as one argument (a minimal clause).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from onrecord.annotation.words import Kind, Word, word_classes

Words = Sequence[Word]

REACH = 18  # words from a clause's first word to its verb; 99% of subjects in GUM news are shorter
_DASHES = frozenset("—–-")
_BREAKS = frozenset(";:")
_QUOTES = frozenset('"“”«»')


class Start(IntEnum):
    """How surely a main clause begins at a word."""

    NONE = 0
    PHRASE = 1  # an imperative that could be a noun
    NOUN = 2  # noun phrase and finite verb
    IMPERATIVE = 3
    MODAL = 4  # noun phrase and modal or auxiliary
    PRONOUN = 5  # pronoun and finite verb, or inverted question


@dataclass(frozen=True, slots=True)
class Opening:
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
    owed = 0
    for index in range(first, last):
        word = words[index]
        if _opens_relative(words, index, first):
            owed += 1
        elif word.is_finite and not (index > first and words[index - 1].is_finite):
            if owed == 0:
                return True
            owed -= 1
    return False


def _opens_relative(words: Words, index: int, first: int) -> bool:
    """Whether a relative word follows a noun within the stretch: its clause owes one finite verb."""
    if words[index].lower not in word_classes().relatives or index == first:
        return False
    before = words[index - 1]
    return before.kind is Kind.NOUN or (before.lower == "," and words[index].lower != "that")


def opening(words: Words, first: int, last: int) -> Opening:
    """Whether a main clause begins at `first`."""
    index = _skip_lead(words, first, last)
    if index >= last:
        return _NOTHING
    word = words[index]
    following = _next_real(words, index + 1, last)
    if word.kind is Kind.CONTRACTED:
        return Opening(Start.PRONOUN, index)
    if word.kind is Kind.SUBJECT and following < last and words[following].is_finite:
        return Opening(Start.PRONOUN, following)
    if word.kind in (Kind.MODAL, Kind.AUXILIARY):
        return _inverted(words, index, last)
    if word.kind is Kind.BASE:
        return Opening(Start.IMPERATIVE, index)
    if word.lower in ("what", "how", "why", "who", "whose", "which", "where"):
        return _question(words, index, last)
    return _noun_clause(words, index, last)


def _skip_lead(words: Words, first: int, last: int) -> int:
    """Past quotation marks, adverbs and short introductions ("of course", "in that case,")."""
    index = first
    while index < min(last, first + 6):
        word = words[index]
        if is_quote(word) or word.kind is Kind.ADVERB or word.lower in ("then", "please", "so"):
            index += 1
        elif word.lower == "of" and index + 1 < last and words[index + 1].lower == "course":
            index += 2
        elif word.lower == "," and index > first and words[index - 1].kind is Kind.ADVERB:
            index += 1
        else:
            break
    return index


def _next_real(words: Words, index: int, last: int) -> int:
    while index < last and words[index].kind is Kind.ADVERB:
        index += 1
    return index


def _inverted(words: Words, index: int, last: int) -> Opening:
    """A question or imperative that begins with its auxiliary: "would you", "do not"."""
    if (
        words[index].lower in ("do", "don't")
        and index + 1 < last
        and words[index + 1].kind in (Kind.ADVERB, Kind.BASE, Kind.NOUN)
    ):
        return Opening(Start.IMPERATIVE, index)
    after = index + 1
    subject = after < last and words[after].kind in (Kind.SUBJECT, Kind.DETERMINER)
    return Opening(Start.PRONOUN, index) if subject else _NOTHING


def _question(words: Words, index: int, last: int) -> Opening:
    for verb in range(index + 1, min(last, index + 6)):
        if words[verb].kind in (Kind.MODAL, Kind.AUXILIARY):
            return Opening(Start.MODAL, verb)
        if words[verb].kind is Kind.MARK:
            break
    return _NOTHING


def _noun_clause(words: Words, first: int, last: int) -> Opening:
    """A noun phrase up to its finite verb; relative clauses inside it are passed over."""
    owed = 0
    nouns = 0
    stop = min(last, first + REACH)
    for index in range(first, stop):
        word = words[index]
        if word.is_finite:
            if owed:
                owed -= 1
                continue
            if not nouns:
                return _NOTHING
            strong = word.kind in (Kind.MODAL, Kind.AUXILIARY)
            return Opening(Start.MODAL if strong else Start.NOUN, index)
        if _opens_relative(words, index, first):
            owed += 1
        elif word.lower in (",", ";", ":") or is_dash(word):
            return _NOTHING
        elif word.kind in (Kind.SUBORDINATOR, Kind.CONTRACTED) and index > first:
            return _NOTHING
        elif word.kind in (Kind.NOUN, Kind.NUMBER, Kind.SUBJECT, Kind.DETERMINER, Kind.ING):
            nouns += 1
    return _NOTHING


def is_elliptical(words: Words, first: int, last: int) -> bool:
    """Whether a condition begins without subject and verb: "if needed", "if so", "if attacked", "if in doubt"."""
    if first >= last:
        return False
    word = words[first]
    short = word.lower in ("so", "not", "necessary", "possible", "needed", "need", "anything", "any", "elected", "true")
    return (
        short
        or word.kind in (Kind.PARTICIPLE, Kind.ING, Kind.PREPOSITION)
        or (word.kind is Kind.FINITE and first + 1 <= last)
    )


def condition_end(words: Words, first: int, last: int, *, leading: bool) -> int:
    """Where the clause behind a cue ends: the place of the comma, mark or word after its last one.

    leading: nothing of the main clause stands before the cue, so that it must follow.
    """
    bare = is_elliptical(words, first, last)
    finite = False
    best = -1
    best_start = Start.NONE
    joined = -1
    depth = 0
    for index in range(first, last):
        word = words[index]
        if word.kind is Kind.MARK:
            depth += (word.lower in "(["[:2]) - (word.lower in ")]")
            if depth < 0:
                return index
        finite = finite or bare or (word.is_finite and index > first and has_finite(words, first, index + 1))
        if depth > 0 or not finite:
            continue
        if _closes_quote(words, first, index) and index > first:
            return _better(best, best_start, index)
        if word.lower == "then" and leading and index > first:
            return index
        if word.lower == ";" or (word.lower == ":" and index > first + 1):
            return _better(best, best_start, index)
        found = _boundary(words, first, index, last, leading=leading)
        if found is Start.NONE:
            if joined < 0 and leading and _runs_on(words, first, index, last):
                joined = index
            continue
        if found > best_start and (best < 0 or found >= Start.MODAL > best_start):
            best, best_start = index, found
        if best_start >= Start.IMPERATIVE:
            break
    if best >= 0 and not (0 <= joined < best and best_start < Start.MODAL):
        return best
    return joined if joined >= 0 else last


def _better(best: int, best_start: Start, index: int) -> int:
    return best if best >= 0 and best_start > Start.NONE else index


def _closes_quote(words: Words, first: int, index: int) -> bool:
    """Whether a quotation that was opened before `first` closes at `index`."""
    word = words[index]
    if word.lower in ("”", "»"):
        return not any(words[inner].lower in ("“", "«", '"') for inner in range(first, index))
    if word.lower == '"':
        return sum(words[inner].lower in ('"', "“") for inner in range(first, index)) % 2 == 0 and (
            index + 1 >= len(words) or words[index - 1].lower in ",.!?" or words[index + 1].kind is Kind.MARK
        )
    return False


def _boundary(words: Words, first: int, index: int, last: int, *, leading: bool) -> Start:
    """How surely the main clause begins behind the comma or dash at `index`."""
    word = words[index]
    if not (word.lower == "," or is_dash(word)) or index + 1 >= last:
        return Start.NONE
    following = words[index + 1]
    if following.kind is Kind.COORDINATOR and following.lower != "so":
        if leading:
            return Start.NONE
        return Start.MODAL if opening(words, index + 2, last).start >= Start.NOUN else Start.NONE
    if following.lower == "then":
        return Start.PRONOUN
    if is_reporting(words, index + 1, last):
        return Start.PRONOUN
    return opening(words, index + 1, last).start


def is_reporting(words: Words, first: int, last: int) -> int:
    """How many words of a reporting clause begin at `first` ("he said", "said the minister on Monday"); 0 if none."""
    speech = word_classes().speech
    for index in range(first, min(last, first + 8)):
        word = words[index]
        if word.kind is Kind.MARK and index > first:
            break
        if word.lower in speech and word.kind is not Kind.BASE:
            return _reporting_end(words, first, index, last)
        if word.is_finite:
            break
    return 0


def _reporting_end(words: Words, first: int, verb: int, last: int) -> int:
    for index in range(verb + 1, min(last, verb + 14)):
        word = words[index]
        if word.lower in (",", ".", ":", ";") or is_quote(word):
            return index - first
        if word.is_finite or word.lower == "that":
            return 0
    return last - first if last - verb <= 14 else 0


def _runs_on(words: Words, first: int, index: int, last: int) -> bool:
    """Whether a main clause begins at `index` with no mark before it: "if they go we stay"."""
    word, before = words[index], words[index - 1]
    if index <= first + 1 or before.kind in (
        Kind.MARK,
        Kind.COORDINATOR,
        Kind.SUBORDINATOR,
        Kind.PREPOSITION,
        Kind.DETERMINER,
    ):
        return False
    if before.is_finite or before.kind in (Kind.BASE, Kind.ADVERB) and before.lower in ("not", "never"):
        return False
    if word.kind is Kind.CONTRACTED:
        return True
    if word.kind is Kind.SUBJECT and word.lower not in ("that", "which", "who", "what"):
        verb = _next_real(words, index + 1, last)
        return verb < last and words[verb].is_finite and before.kind is not Kind.FINITE
    if word.kind is Kind.DETERMINER and before.kind in (Kind.NOUN, Kind.PARTICIPLE):
        return opening(words, index, min(last, index + 8)).start is Start.MODAL
    return word.lower == "please"


def clause_begin(words: Words, floor: int, cue: int) -> int:
    """Where the main clause that ends right before `cue` begins, not before `floor`.

    The nearest boundary with a finite verb between it and the cue; `floor` if there is none.
    """
    end = cue
    while end > floor and (words[end - 1].kind is Kind.MARK):
        end -= 1
    for index in range(end - 1, floor, -1):
        start = _begins_here(words, index, end)
        if start >= 0:
            return start
    return floor


def _begins_here(words: Words, index: int, end: int) -> int:
    """The first word of a clause whose boundary stands at `index`, or -1."""
    word, before = words[index], words[index - 1]
    if word.lower in _BREAKS or (is_dash(word) and opening(words, index + 1, end).start):
        return index + 1 if _says_something(words, index + 1, end) else -1
    if word.lower == "," and index + 1 < end:
        return index + 1 if _opens_behind_comma(words, index + 1, end) else -1
    if word.kind is Kind.COORDINATOR and before.kind is not Kind.MARK:
        verb = _next_real(words, index + 1, end)
        own_verb = verb < end and words[verb].is_finite
        return index if own_verb or opening(words, index + 1, end).start >= Start.MODAL else -1
    if word.lower == "that" and before.kind in (Kind.FINITE, Kind.BASE, Kind.PARTICIPLE, Kind.ING):
        return index + 1 if has_finite(words, index + 1, end) else -1
    if word.lower in ("because", "although", "whereas", "whereby", "while") and has_finite(words, index + 1, end):
        return index
    return -1


def _says_something(words: Words, first: int, end: int) -> bool:
    return has_finite(words, first, end) or opening(words, first, end).start >= Start.PHRASE


def _opens_behind_comma(words: Words, first: int, end: int) -> bool:
    word = words[first]
    if word.kind is Kind.COORDINATOR:
        after = _next_real(words, first + 1, end)
        return after < end and (words[after].is_finite or opening(words, first + 1, end).start > Start.NONE)
    if word.kind is Kind.ING:
        return True
    return opening(words, first, end).start >= Start.NOUN


def clause_end(words: Words, first: int, last: int) -> int:
    """Where the main clause that begins at `first` ends: before the next coordinated clause, quote end or report."""
    finite = False
    for index in range(first, last):
        word = words[index]
        finite = finite or word.is_finite or word.kind is Kind.BASE
        if index == first or not finite:
            continue
        if word.lower == ";" or _closes_quote(words, first, index):
            return index
        if word.lower == "," and index + 1 < last and _ends_at_comma(words, index, last):
            return index
        if is_dash(word) and opening(words, index + 1, last).start >= Start.MODAL:
            return index
    return last


def _ends_at_comma(words: Words, index: int, last: int) -> bool:
    following = words[index + 1]
    if is_reporting(words, index + 1, last):
        return True
    if following.lower in ("but", "although", "though", "whereas", "while", "because", "adding"):
        return True
    if following.lower in ("and", "so", "or", "yet"):
        return opening(words, index + 2, last).start >= Start.NOUN
    return False
