"""Mentions: the names, pronouns and role nominals by which a document refers to those who speak and act."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from onrecord.annotation.names import Name, build_scene, find_names
from onrecord.annotation.nominals import Nominal, find_nominals
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.tokens import Token, find_tokens
from onrecord.lexicon.vocabulary import Gazetteer, known_names, load_vocabulary
from onrecord.records.actors import ActorType, Mention, MentionKind
from onrecord.records.documents import Document, PartKind
from onrecord.records.scores import WordScores
from onrecord.records.spans import Span, overlaps

PRODUCED_BY = "mentions/1"


def find_mentions(
    document: Document,
    sentences: tuple[Span, ...],
    scores: WordScores,
    *,
    names: Mapping[str, ActorType] | None = None,
) -> tuple[Mention, ...]:
    """Names, pronouns and role nominals in reading order; `actor` is None throughout.

    A nominal may hold a name ("the head of the Harbour Office"). Furniture is left out.
    names: further known names with their types, a user's own, added to the shipped ones.
    """
    vocabulary, gazetteer = load_vocabulary(), _gazetteer(names)
    tokens = find_tokens(document.text, _without_furniture(document, sentences))
    found = _of_actors(tokens, find_names(build_scene(document, tokens, scores, vocabulary, gazetteer)))
    nominals = find_nominals(tokens, found, vocabulary)
    drafts = [*_name_drafts(tokens, found), *_nominal_drafts(tokens, nominals), *_pronoun_drafts(tokens)]
    drafts.sort(key=lambda draft: (draft[0].start, -draft[0].end))
    return tuple(
        Mention(f"m{number}", span, kind, how, None, score, PRODUCED_BY)
        for number, (span, kind, how, score) in enumerate(drafts, 1)
    )


Draft = tuple[Span, ActorType, MentionKind, float]


@cache
def _shipped() -> Gazetteer:
    return Gazetteer(known_names())


def _gazetteer(names: Mapping[str, ActorType] | None) -> Gazetteer:
    return Gazetteer({**known_names(), **names}) if names else _shipped()


def _without_furniture(document: Document, sentences: tuple[Span, ...]) -> Iterator[Span]:
    furniture = [part.span for part in document.parts if part.kind is PartKind.FURNITURE]
    at = 0
    for sentence in sentences:
        while at < len(furniture) and furniture[at].end <= sentence.start:
            at += 1
        if at == len(furniture) or not overlaps(furniture[at], sentence):
            yield sentence


def _of_actors(tokens: tuple[Token, ...], names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names of those who can act: no ships, no days, no money, no verbs that open a quotation; a station whole."""
    listed = load_lexicon("no_actors")
    things = {words for name in names if _is_thing(tokens, name) for words in _called(tokens, name)}
    kept = []
    for name in names:
        first, before = tokens[name.first], tokens[name.first - 1] if name.first and tokens[name.first].joined else None
        behind = tokens[name.first + 1].low if name.first + 1 < len(tokens) else ""
        if before is not None and before.text in listed["media_leads"]:
            kept.append(replace(name, first=name.first - 1, type=ActorType.OUTLET))
        elif not (
            _words_of(tokens, name) in things
            or _is_money(tokens, name)
            or (first.text in listed["days"] and behind == "of" and name.end - name.first > 2)
            or (name.end == name.first + 1 and first.opens and first.low.endswith("ing") and behind in _OWNERS)
            or _words_of(tokens, name) in listed["nobody"]
            or (name.end - name.first > 1 and tokens[name.end - 1].text in listed["ends"] and name.score < LISTED)
            or _is_shouted(tokens, name)
        ):
            kept.append(name)
    return tuple(kept)


def _words_of(tokens: tuple[Token, ...], name: Name) -> str:
    return " ".join(token.text for token in tokens[name.first : name.end])


def _is_thing(tokens: tuple[Token, ...], name: Name) -> bool:
    """Whether a name is a ship's or the like, by what stands before it or how it begins or ends."""
    listed, first = load_lexicon("no_actors"), tokens[name.first]
    if name.end - name.first > 1 and (
        first.text in listed["ship_prefixes"] or tokens[name.end - 1].text in listed["ship_suffixes"]
    ):
        return True
    before = tokens[name.first - 1] if name.first and first.joined else None
    if before is None or name.type not in (ActorType.PERSON, ActorType.UNKNOWN):
        return False
    led = before.low in listed["things"] and name.type is ActorType.PERSON
    return led or before.text in listed["ship_prefixes"] or _TONNAGE.fullmatch(before.low) is not None


_TONNAGE = re.compile(r"[\d,.]+-(?:ton|tons|tonne|tonnes)")


def _called(tokens: tuple[Token, ...], name: Name) -> Iterator[str]:
    """How a ship is called: by its whole name, and without its prefix."""
    yield _words_of(tokens, name)
    if tokens[name.first].text in load_lexicon("no_actors")["ship_prefixes"]:
        yield _words_of(tokens, replace(name, first=name.first + 1))


LISTED = 0.95  # a name at this score is one of the lists


def _is_shouted(tokens: tuple[Token, ...], name: Name) -> bool:
    """Whether a label in capitals is made of everyday words: "PERSON OF THE WEEK: Captain Bek"."""
    words = load_vocabulary()
    named = tokens[name.first : name.end]
    plain = all(t.text.isupper() and (t.low in words.common or t.low in words.function) for t in named)
    return len(named) > 1 and plain


def _is_money(tokens: tuple[Token, ...], name: Name) -> bool:
    """Whether a short word in capitals before a sum or grown to it is its unit: "KD 140,000", "N897"."""
    if name.end == name.first + 1 and _PRICED.fullmatch(tokens[name.first].text) is not None:
        behind = tokens[name.end] if name.end < len(tokens) else None
        digits = re.sub(r"\D", "", tokens[name.first].text)
        return len(digits) > 2 or (behind is not None and re.fullmatch(r"\d{3}(?:\D.*)?", behind.text) is not None)
    unit, behind = tokens[name.first], tokens[name.end] if name.end < len(tokens) else None
    short = name.end == name.first + 1 and unit.text.isupper() and len(unit.text) <= LONGEST_UNIT
    return short and behind is not None and behind.joined and _SUM.fullmatch(behind.text) is not None


LONGEST_UNIT = 3  # letters: ISO 4217 has three
_PRICED = re.compile(r"[A-Z]{1,3}[a-z]?\d+(?:[.,]\d+)?(?:bn|m|k)?")
_SUM = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?(?:bn|m|k)?|\d+")
_OWNERS = frozenset({"our", "the", "their", "its", "his", "her", "my", "your", "a", "an", "those", "these"})


def _name_drafts(tokens: tuple[Token, ...], names: tuple[Name, ...]) -> Iterator[Draft]:
    for name in names:
        span = Span(tokens[name.first].start, tokens[name.end - 1].end)
        yield span, name.type, MentionKind.NAME, name.score


def _nominal_drafts(tokens: tuple[Token, ...], nominals: tuple[Nominal, ...]) -> Iterator[Draft]:
    for nominal in nominals:
        span = Span(tokens[nominal.first].start, tokens[nominal.end - 1].end)
        yield span, nominal.type, MentionKind.NOMINAL, nominal.score


def _pronoun_drafts(tokens: tuple[Token, ...]) -> Iterator[Draft]:
    """Every pronoun that can mean an actor; "that" and "which" are left out, they seldom do."""
    pronouns = load_vocabulary().pronouns
    for token in tokens:
        pronoun = pronouns.get(token.low)
        if pronoun is None or token.low in ("that", "which") or (token.text.isupper() and len(token.text) > 1):
            continue
        kind = ActorType.PERSON if pronoun.gender in ("male", "female") or token.low == "i" else ActorType.UNKNOWN
        yield Span(token.start, token.end), kind, MentionKind.PRONOUN, 0.95


__all__ = ["PRODUCED_BY", "find_mentions"]
