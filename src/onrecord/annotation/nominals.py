"""Role nominals: noun phrases by which people and bodies are named without a name ("the ministry's spokeswoman")."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.annotation.names import Name
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.tokens import Token
from onrecord.lexicon.vocabulary import Vocabulary, demonyms
from onrecord.records.actors import ActorType

REACH = 7  # longest stretch of words looked at before a head noun; longer phrases keep their last words


@dataclass(frozen=True, slots=True)
class Nominal:
    """Words `first` to `end` (exclusive), with the head noun's index."""

    first: int
    end: int
    head: int
    type: ActorType
    score: float


# Endings of nouns and adjectives that stand before a role noun ("communication director", "environmental activist").
_DESCRIBING = ("ing", "ian", "al", "ive", "tion", "tions", "ment", "ity", "ics", "ance", "ence", "ary", "ese", "ish")
_COUNTS = frozenset(("two", "three", "many", "several", "other", "some"))
_ARTICLES = frozenset(("the", "these", "those", "his", "her", "their", "its", "our"))


def find_nominals(tokens: tuple[Token, ...], names: tuple[Name, ...], vocabulary: Vocabulary) -> tuple[Nominal, ...]:
    """Role nominals in reading order; heads do not stand inside a name. Linear."""
    owner = _names_by_word(names)
    return tuple(_all_nominals(tokens, names, owner, vocabulary))


def _names_by_word(names: tuple[Name, ...]) -> dict[int, int]:
    return {word: number for number, name in enumerate(names) for word in range(name.first, name.end)}


def _all_nominals(
    tokens: tuple[Token, ...], names: tuple[Name, ...], owner: dict[int, int], vocabulary: Vocabulary
) -> Iterator[Nominal]:
    reached = 0  # words behind "of" in the phrase before
    for head, token in enumerate(tokens):
        kind = None if head in owner else _head_type(token, vocabulary)
        if kind is None or head < reached or _is_heading(tokens, head) or _goes_on(tokens, head, owner, vocabulary):
            continue
        first = _first_word(tokens, head, owner, vocabulary)
        end = reached = _last_word(tokens, names, head, owner, vocabulary)
        plain = first < head or kind is ActorType.GROUP or token.capital or end > head + 1
        plain = plain or _stands_behind_name(tokens, head, owner)
        if plain or _closes_headline(tokens, head, vocabulary):
            yield Nominal(first, end, head, kind, 0.9 if tokens[first].low in vocabulary.determiners else 0.7)


def _is_heading(tokens: tuple[Token, ...], head: int) -> bool:
    """Whether a noun's form is the verb of who heads something: "who now | chairs the board"."""
    before = tokens[head - 1].low if head and tokens[head].joined else ""
    far = tokens[head - 2].low if head > 1 and tokens[head - 1].joined else ""
    heading = tokens[head].low in load_lexicon("heads")["verbs"]
    return heading and (before == "who" or (before in ("now", "also", "currently") and far in ("who", "and")))


def _stands_behind_name(tokens: tuple[Token, ...], head: int, owner: dict[int, int]) -> bool:
    """Whether a noun without an article says who the one named before is: "Ana Bek, spokeswoman for the ministry"."""
    after = tokens[head + 1 : head + 2]
    behind = head - 1 in owner and not tokens[head].joined
    return behind and bool(after) and after[0].joined and after[0].low in ("for", "of", "at")


def _closes_headline(tokens: tuple[Token, ...], head: int, words: Vocabulary) -> bool:
    """Whether a noun without an article stands as only headlines have it: "Orlia to quit talks, president says"."""
    after = tokens[head + 1 : head + 2]
    return head > 0 and not tokens[head].joined and bool(after) and after[0].joined and after[0].low in words.saying


def _head_type(token: Token, words: Vocabulary) -> ActorType | None:
    if token.low in words.persons or token.low in words.gendered or token.low in words.kin:
        return ActorType.PERSON if token.low not in words.groups else ActorType.GROUP
    if token.low in words.groups and token.low not in ("some", "many", "others"):
        return ActorType.GROUP
    return ActorType.BODY if token.low in words.bodies else None


def _goes_on(tokens: tuple[Token, ...], head: int, owner: dict[int, int], words: Vocabulary) -> bool:
    """Whether the phrase goes on, so that this noun only describes the next one ("government | officials")."""
    if head + 1 >= len(tokens) or not tokens[head + 1].joined or head + 1 in owner:
        return False
    after = tokens[head + 1]
    if _head_type(after, words) is not None or after.low in words.carriers:
        return True
    adjective = tokens[head].low in words.also_adjectives and not tokens[head].owns and not after.capital
    told = after.low in words.stops or after.low in words.saying or after.low in words.verbs
    verb = told or after.low.endswith(("ed", "s", "ly"))
    return adjective and not verb and after.low in words.common


def _first_word(tokens: tuple[Token, ...], head: int, owner: dict[int, int], words: Vocabulary) -> int:
    """Back over modifiers and possessives to the determiner; the head itself where there is none."""
    at = head
    while at > 0 and head - at < REACH and tokens[at].joined:
        before = tokens[at - 1]
        if before.low in words.determiners:
            at -= 1
            return (
                at - 1 if before.low in _COUNTS and at and tokens[at].joined and tokens[at - 1].low in _ARTICLES else at
            )
        if _takes_object(tokens, at - 1, words):
            break
        plain = _modifies(before, words) or at - 1 in owner or before.owns or _noun_before(before, words)
        if not plain and not _one_word_in(tokens, at - 1, words) and not _opens_aside(tokens, at - 1, owner, words):
            break
        at -= 1
    return at


def _one_word_in(tokens: tuple[Token, ...], at: int, words: Vocabulary) -> bool:
    """Whether a word of any kind stands between a determiner or owner and the phrase: "Bekland's harbour | chief"."""
    token = tokens[at]
    small = (
        token.low in words.stops or token.low in words.saying or token.low in words.verbs or token.low in words.pronouns
    )
    timed = words.past | words.present  # "the former home | secretary"
    led = at > 0 and (tokens[at - 1].low in words.determiners | timed or tokens[at - 1].owns)
    return led and token.joined and not small and not token.owns


def _opens_aside(tokens: tuple[Token, ...], at: int, owner: dict[int, int], words: Vocabulary) -> bool:
    """Whether a word before the phrase follows a name and its comma: "Ana Bek, floor | leader of the union"."""
    token, behind = tokens[at], tokens[at + 2 : at + 3]
    aside = not token.joined and at - 1 in owner and token.text.islower() and token.low not in words.stops
    return (
        aside and token.low not in words.verbs and bool(behind) and behind[0].joined and behind[0].low in ("of", "for")
    )


def _takes_object(tokens: tuple[Token, ...], at: int, words: Vocabulary) -> bool:
    """Whether a word is a verb that tells of the noun before it: "candidates blasting | President Bek"."""
    doing = tokens[at].low.endswith("ing") and at > 0 and tokens[at].joined
    return doing and not tokens[at - 1].owns and _head_type(tokens[at - 1], words) is not None


def _modifies(token: Token, words: Vocabulary) -> bool:
    return (
        token.low in words.modifiers or token.low in demonyms() or token.low in words.past or token.low in words.present
    )


def _noun_before(token: Token, words: Vocabulary) -> bool:
    if token.low in words.stops or token.low in words.saying:
        return False
    return _head_type(token, words) is not None or "-" in token.low or token.low.endswith(_DESCRIBING)


def _last_word(
    tokens: tuple[Token, ...], names: tuple[Name, ...], head: int, owner: dict[int, int], words: Vocabulary
) -> int:
    """Forward over "of (the) NAME" and "(Secretary) of State"; the word after the head otherwise.

    In "a spokesman for Foreign Minister Bek" the title is Bek's, and the phrase ends before it.
    """
    at = head + 1
    if tokens[head].owns or at >= len(tokens) or not tokens[at].joined or tokens[at].low not in ("of", "for", "from"):
        return head + 1
    at += 1
    if at < len(tokens) and tokens[at].low == "the":
        at += 1
    if at in owner:
        return names[owner[at]].end if tokens[at].joined else head + 1
    end = at
    while end < len(tokens) and end not in owner and tokens[end].capital and tokens[end].joined:
        end += 1
    title = end > at and end in owner and tokens[end].joined and tokens[end - 1].low in words.roles
    if title and names[owner[end]].type is ActorType.PERSON:
        return head + 1
    return end if end > at else head + 1
