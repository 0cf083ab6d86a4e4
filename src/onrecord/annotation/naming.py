"""What somebody calls a thing: "the council calls the move a 'return'", "described the votes as 'sham'".

The attribution hands over a name and nothing else; what is named is the thing, its name the term.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.annotation.quotation import quoted_regions
from onrecord.annotation.words import Kind, Word, lemma, read_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import demonyms, known_names, load_vocabulary
from onrecord.records.findings import NOT_SAID, Attribution
from onrecord.records.spans import Span, contains, cover

LONGEST_NAME = 6  # words of a name; more is a sentence
LONGEST_THING = 5  # words of what is named
_NEGATED = re.compile(r"\b(?:not|never)\b|n['’]t\b")
_MARKS = "“”‘’\"' "
_PRONOUNS = frozenset(
    {"it", "him", "her", "them", "us", "me", "you", "this", "that", "himself", "herself", "itself", "themselves"}
)


_ARTICLES = frozenset({"a", "an", "the"})


class Name(NamedTuple):
    """A name that somebody gives: where it stands, what is named (in small letters), and whose word it is."""

    span: Span
    thing: str
    attribution: str
    quoted: bool


def find_names(text: str, attributions: Sequence[Attribution]) -> Iterator[Name]:
    """The names that attributions with a verb of naming give to something."""
    regions = quoted_regions(text)
    for each in attributions:
        words = [word for cue in each.cue for word in read_words(text, cue)]
        verb = next((word for word in words if lemma(word.lower) in _verbs()), None)
        cue = " ".join(text[span.start : span.end] for span in each.cue)
        if verb is None or _NEGATED.search(cue) or NOT_SAID in each.flags or not each.content:
            continue
        if any(word.lower in ("for", "on", "upon", "in", "off") for word in words):
            continue  # "called for calm", "called in the envoy"
        found = _read_name(text, each.content[-1], in_apposition=lemma(verb.lower) in _apposing())
        if found is not None:
            thing, name = found
            quoted = any(contains(region, name) for region in regions)
            named = thing if thing not in _ARTICLES else ""  # "what they call a 'mission'": nothing else is named
            yield Name(name, named or _plain(text, name), each.id, quoted)


@cache
def _verbs() -> frozenset[str]:
    lists = load_lexicon("wordings")["naming"]
    return frozenset((*lists["apposing"], *lists["behind_as"]))


@cache
def _apposing() -> frozenset[str]:
    return frozenset(load_lexicon("wordings")["naming"]["apposing"])


def _read_name(text: str, content: Span, *, in_apposition: bool) -> tuple[str | None, Span] | None:
    """What is named (None for a pronoun) and its name: behind "as", or behind the noun phrase that is named."""
    words = [word for word in read_words(text, content) if word.kind is not Kind.MARK]
    at = next((at for at, word in enumerate(words) if word.lower == "as" and at), -1)
    if at < 0:
        at = _joint(text, words) - 1 if in_apposition else -1
        named = words[: at + 1]
    else:
        named = words[:at]
    name = words[at + 1 :] if at >= 0 else []
    if not named or not name or len(named) > LONGEST_THING or len(name) > LONGEST_NAME:
        return None
    led = any(word.kind is Kind.PREPOSITION and word.lower != "of" for word in named)
    if led or any(word.is_finite for word in (*named, *name)):
        return None
    if name[0].kind is Kind.DETERMINER and len(name) > 1:
        name = name[1:]
    span = cover(word.span for word in name)
    pronoun = named[0].lower in _PRONOUNS
    return (None if pronoun else _plain(text, _without_article(named))), span


def _joint(text: str, words: Sequence[Word]) -> int:
    """Where the name begins: behind a pronoun, at a quotation mark or at "a"; 0 where nothing shows it."""
    if words and words[0].lower in _PRONOUNS:
        return 1
    for at in range(1, len(words)):
        gap = text[words[at - 1].end : words[at].start]
        if any(mark in gap for mark in '“"‘') or words[at].lower in ("a", "an"):
            return at
    return 0


def _without_article(named: Sequence[Word]) -> Span:
    first = 1 if named[0].kind is Kind.DETERMINER and len(named) > 1 else 0
    return cover(word.span for word in named[first:])


def _plain(text: str, span: Span) -> str:
    return in_small_letters(text, span).strip(_MARKS)


def in_small_letters(text: str, span: Span) -> str:
    """The words one space apart in lower case; names of states, places and peoples keep their capitals."""
    words = text[span.start : span.end].replace("’", "'").split()
    return " ".join(word if _keeps_capital(word) else word.lower() for word in words)


def _keeps_capital(word: str) -> bool:
    bare = word.strip(_MARKS + ",").removesuffix("'s")
    peoples = bare.lower() in demonyms() or bare.lower() in load_vocabulary().peoples
    return bare.istitle() and (peoples or bare in known_names())
