"""Role phrases taken apart: "Ukraine's former deputy prime minister" → whose, over or not, which office."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.tokens import Token, find_tokens
from onrecord.lexicon.vocabulary import Vocabulary, load_vocabulary
from onrecord.linking.knowledge import Knowledge
from onrecord.linking.names import fold
from onrecord.records.spans import Span

# Short titles and the role words they stand for.
SHORT_TITLES = {
    "gov.": "governor",
    "gov": "governor",
    "sen.": "senator",
    "sen": "senator",
    "rep.": "representative",
    "rep": "representative",
    "gen.": "general",
    "pres.": "president",
    "prof.": "professor",
    "dr.": "doctor",
    "dr": "doctor",
    "vice": "vice president",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A role phrase in its parts, all in lower case.

    head: the noun with what belongs to it ("prime minister", "spokeswoman"); modifiers: the other words before it.
    determiner: the, a, his, ... or None. owner: the words before a possessive ending ("ukraine", "the ministry").
    complement: the words after "of" or "for". of: ISO code of the state, or the folded name of the body or place.
    """

    text: str
    head: str
    modifiers: frozenset[str]
    determiner: str | None
    owner: str | None
    complement: str | None
    of: str | None

    @property
    def past(self) -> bool:
        """Whether the phrase says that the office is over."""
        return bool(self.modifiers & load_vocabulary().past)

    @property
    def definite(self) -> bool:
        """Whether the phrase means one that is known: "the", a possessive, or a title in capitals."""
        bare = self.determiner is None and self.owner is None and self.text[:1].islower()
        return self.determiner not in _INDEFINITE and not bare

    @property
    def noun(self) -> str:
        """The head's last word."""
        return self.head.rsplit(" ", 1)[-1]

    @property
    def gender(self) -> str | None:
        """male, female, or None where the noun does not tell."""
        return load_vocabulary().gendered.get(self.noun)


_INDEFINITE = frozenset(("a", "an", "some", "many", "several", "any", "no", "another", "other", "one"))


@lru_cache(maxsize=16384)
def parse_phrase(text: str, known: Knowledge) -> Phrase | None:
    """The parts of a role phrase; None if it holds no role noun."""
    words = load_vocabulary()
    tokens = find_tokens(text, (Span(0, len(text)),))
    at = _head_index(tokens, words)
    if at is None:
        return None
    owner_end = max((i + 1 for i in range(at) if tokens[i].owns), default=0)
    first, head = _head_words(tokens, owner_end, at, words)
    determiner = tokens[0].low if tokens[0].low in words.determiners else None
    modifiers = frozenset(t.low for t in tokens[owner_end:first] if t.low not in words.determiners)
    owner = " ".join(t.low for t in tokens[:owner_end]) or None
    complement = _complement(text, tokens, head, at)
    return Phrase(
        text, head, modifiers, determiner, owner, complement, _domain(tokens, owner_end, at, complement, known)
    )


def _head_index(tokens: tuple[Token, ...], words: Vocabulary) -> int | None:
    """The last role noun before "of", "for" or a comma; the first one after, if there is none before."""
    found: int | None = None
    for index, token in enumerate(tokens):
        if found is not None and (
            token.low in ("of", "for", "from", "in", "at", "on", "to", "who", "and") or not token.joined
        ):
            break
        if (
            token.low in words.roles
            or token.low in words.groups
            or token.low in words.bodies
            or token.low in SHORT_TITLES
        ):
            found = index
    return found


def _head_words(tokens: tuple[Token, ...], start: int, at: int, words: Vocabulary) -> tuple[int, str]:
    """Where the head begins and its words: "prime minister" and "secretary of state" are one head."""
    if tokens[at].low in SHORT_TITLES:
        return at, SHORT_TITLES[tokens[at].low]
    long = " ".join(token.low for token in tokens[at : at + 3])
    head = long if long in words.offices else tokens[at].low
    for first in range(max(start, at - 2), at):
        joined = " ".join(token.low for token in tokens[first : at + 1])
        if joined in words.offices or joined in words.speaks_for or joined in words.gendered:
            return first, joined
    if at > start and tokens[at - 1].low in ("deputy", "vice", "assistant"):
        return at - 1, f"{tokens[at - 1].low} {head}"
    return at, head


def _complement(text: str, tokens: tuple[Token, ...], head: str, at: int) -> str | None:
    """What stands behind "of" or "for", unless that belongs to the head ("secretary of state")."""
    after = tokens[at + 1 : at + 3]
    if len(after) < 2 or after[0].low not in ("of", "for", "from") or not after[0].joined or " of " in head:
        return None
    return text[after[1].start : tokens[-1].end]


def _domain(tokens: tuple[Token, ...], owner_end: int, at: int, complement: str | None, known: Knowledge) -> str | None:
    """Which state, body or place the role belongs to, by complement, owner or adjective, in that order."""
    if complement:
        named = state_or_name(complement, known) or state_or_name(complement.split("’s ")[0].split("'s ")[0], known)
        if named:
            return named
    if owner_end:
        first = 1 if tokens[0].low == "the" else 0
        named = state_or_name(" ".join(token.text for token in tokens[first:owner_end]), known)
        if named:
            return named
    peoples = [token.capital and token.low in known.demonyms for token in tokens[owner_end:at]]
    if any(one and other for one, other in pairwise(peoples)):
        return None  # "Turkish Cypriot leader": a people of no state
    for index in range(at):
        named = _adjective_state(tokens, index, owner_end if index < owner_end else at, known)
        if named:
            return named
    return None


def _adjective_state(tokens: tuple[Token, ...], index: int, at: int, known: Knowledge) -> str | None:
    if not tokens[index].capital:
        return None
    for end in range(min(index + 3, at), index, -1):
        text = " ".join(token.text for token in tokens[index:end])
        code = known.demonyms.get(text.lower()) or state_or_name(text, known)
        if code:
            return code
    return None


_GOING_ON = re.compile(r"(?:\s(?:of|for|in|at|and|the)|\s[\w’'-]+){1,8},\s")


_OF_PLAIN = re.compile(r"\s(?:of|for)\s(?:the\s)?(?:[a-z][\w’'-]*\s){1,2}")


def goes_on_to_name(gap: str) -> bool:
    """Whether the words between a role and a name only say of what: "the head | of the growers of Bek, | Ana Rhee"."""
    apposed = _OF_PLAIN.fullmatch(gap) is not None  # "the commissioner | of the islands | Ana Rhee"
    opens = re.match(r"\s(?:(?:of|for|in|at|to)\s|and\s[A-Z])", gap) is not None
    if _MATTER.fullmatch(gap) is not None:  # "the minister for Bek | affairs, | Ana Rhee"
        return True
    return apposed or (opens and _GOING_ON.fullmatch(gap) is not None)


_MATTER = re.compile(r"\s(?:[a-z]+\s)?(?:affairs|relations|matters|issues|policy|operations|reform),\s")


@cache
def _rank_before() -> re.Pattern[str]:
    forms = (*load_lexicon("heads")["ranks"], *load_lexicon("heads")["addresses"])
    ranks = "|".join(re.escape(rank) for rank in forms)
    return re.compile(rf"(?<=\s)(?:(?:{ranks})\.?\s)+$", re.IGNORECASE)


def without_rank(gap: str) -> str:
    """The words between a role and a name without the rank that goes with the name: ", General " → ", "."""
    return _rank_before().sub("", gap)


def without_leading_rank(name: str) -> str:
    """A name without the ranks printed before it: "Colonel Ana Rhee" → Ana Rhee."""
    words = name.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in load_lexicon("heads")["ranks"]:
        words = words[1:]
    return " ".join(words)


def state_or_name(text: str, known: Knowledge) -> str | None:
    """The ISO code of the state a name or seat means, else the folded name of a known body or place; else None."""
    plain = text.removeprefix("the ").removeprefix("The ")
    if not plain or not plain[0].isupper():
        return None
    seat = known.seats.get(fold(plain))
    if seat is not None:
        return seat if seat in known.states else fold(seat)
    for entry in known.named(plain):
        return entry.country if entry.type == "state" else fold(entry.name)
    return known.demonyms.get(plain.lower())
