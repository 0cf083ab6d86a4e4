"""What stands around a number: its unit, what it counts, the base of a percentage, the place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from onrecord.annotation.words import Kind, Word, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.patterns import any_of
from onrecord.lexicon.vocabulary import demonyms, known_names
from onrecord.records.actors import ActorType
from onrecord.records.spans import Span

_MODIFIERS = frozenset({Kind.NOUN, Kind.ADVERB, Kind.ING, Kind.PARTICIPLE, Kind.NUMBER})
_LONGEST_PHRASE = 6  # words of a noun phrase: enough for "senior members of the ruling party" up to its "of"
_LOOK = 60  # characters in which a unit, place or word of approximation is sought
_POLITICAL = (ActorType.PLACE, ActorType.STATE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its span and its head word in lower case."""

    span: Span
    head: str


def read_unit(text: str, at: int, end: int) -> tuple[str, Span] | None:
    """The unit right behind a number ("percent", "-day", " km"), as recorded, with the span of its words."""
    named = read_named_money(text, at, end)
    if named:
        return named
    match = _unit_pattern().match(text, at, end)
    if match is None:
        return None
    printed = re.sub(r"\s+", " ", match.group(1).lower())
    unit = load_lexicon("figures")["currencies"]["words"].get(printed) or load_lexicon("figures")["units"][printed]
    return unit, Span(*match.span(1))


def read_named_money(text: str, at: int, end: int) -> tuple[str, Span] | None:
    """Money with the name of whose it is: "Sudanese pounds" as printed, "U.S. dollars" by their code."""
    named = _WHOSE_MONEY.match(text, at, end)
    if named is None:
        return None
    whose, money = re.sub(r"\s+", " ", named["whose"].lower()), named["money"].lower()
    dollars = load_lexicon("figures")["currencies"]["dollars"]
    if money.startswith("dollar") and whose in dollars:
        return dollars[whose], Span(named.start("whose"), named.end())
    if whose not in demonyms() or money not in _monies():
        return None
    return f"{named['whose']} {money}", Span(named.start("whose"), named.end())


_WHOSE_MONEY = re.compile(r"\s+(?P<whose>[A-Z][\w.]+(?:\s[A-Z]\w+)?)\s(?P<money>[a-z]+)\b")


@cache
def _monies() -> frozenset[str]:
    lexicon = load_lexicon("figures")
    return frozenset((*lexicon["currencies"]["words"], *lexicon["monies"]))


def read_rate(text: str, at: int, end: int) -> tuple[str, int] | None:
    """What a quantity is told for each of ("per second", "a box", "daily"), as recorded, and where its words end."""
    match = _rate_pattern().match(text, at, end)
    if match is None:
        return None
    adverb = match["often"]
    return f"per {_OFTEN[adverb.lower()] if adverb else match['each'].lower()}", match.end()


_OFTEN = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}


@cache
def _rate_pattern() -> re.Pattern[str]:
    each = any_of(map(re.escape, load_lexicon("figures")["rated"]))
    elsewhen = r"(?!\s+(?:ago|earlier|later|after|before|into)\b)"  # "lost $5m a week after"
    return re.compile(
        rf"\s+(?:(?:more|less|extra)\s+)?(?:(?:per|an?|each|every|for\s+(?:each|every))\s+(?P<each>{each})|(?P<often>{'|'.join(_OFTEN)}))\b{elsewhen}",
        re.IGNORECASE,
    )


@cache
def _unit_pattern() -> re.Pattern[str]:
    lexicon = load_lexicon("figures")
    joined = any_of(map(_spaced, (*lexicon["units"], *lexicon["currencies"]["words"])))
    return re.compile(rf"(?:\s{{0,2}}|-)({joined})(?![\w])", re.IGNORECASE)


def read_approximation(text: str, start: int, number_start: int, number_end: int) -> tuple[str, int] | None:
    """The word that makes a number inexact, in lower case, and where the whole phrase begins."""
    window = text[max(start, number_start - _LOOK) : number_start]
    before = _approximate_before().search(window)
    told = before and before.group(1).lower() == "estimated" and _COUNTER.search(window, 0, before.start(1))
    if before and not told and not _spoken_about().search(window, 0, before.end(1)):
        return re.sub(r"\s+", " ", before.group(1).lower()), number_start - (len(window) - before.start(1))
    after = _approximate_after().match(text, number_end, number_end + _LOOK)
    return (re.sub(r"\s+", " ", after.group(1).lower()), number_start) if after else None


# In "police estimated 4,000" somebody counts, and "estimated" is the verb.
_COUNTER = re.compile(
    r"(?<!\ban)(?<!\bthe)(?<!\bsome)(?<!\bis)(?<!\bwas)(?<!\bof)(?<!\bby)(?<!\bat)(?<=\w)\s+\Z", re.IGNORECASE
)


def read_limit(text: str, at: int, end: int) -> str | None:
    """The bound that stands behind what is counted: "three thousand people at most"."""
    match = _LIMIT.match(text, at, end)
    return match.group(1).lower() if match else None


_LIMIT = re.compile(r",?\s+(at (?:most|least|the most|the least)|or (?:so|more|less|fewer))\b", re.IGNORECASE)


@cache
def _approximate_before() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\s)|(?<=[(“\"‘—–-])|\A)({_joined('approximate')})\s*\Z", re.IGNORECASE)


@cache
def _spoken_about() -> re.Pattern[str]:
    """In "is speaking about 130" and "fight over four boats" nothing is inexact."""
    lexicon = load_lexicon("figures")
    about, over = "|".join(lexicon["speaking_about"]), "|".join(lexicon["quarrelling_over"])
    return re.compile(rf"\b(?:(?:{about})\s+about|(?:{over})\s+over)\Z", re.IGNORECASE)


@cache
def _approximate_after() -> re.Pattern[str]:
    return re.compile(rf"(?:\s+|-)({_joined('approximate_after')})\b", re.IGNORECASE)


def _joined(group: str) -> str:
    return any_of(map(_spaced, load_lexicon("figures")[group]))


def _spaced(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\s+")


@cache
def is_people(head: str) -> bool:
    """Whether a word in lower case names people: "voters", "Greeks", "fishermen"."""
    people = load_lexicon("figures")["people"]
    named = head in people or head.capitalize() in people or head in demonyms()
    return named or (head.endswith(("men", "women")) and head not in _NO_MEN)


_NO_MEN = frozenset(
    {"specimen", "regimen", "acumen", "abdomen", "omen", "stamen", "ramen", "yemen", "semen", "hymen", "foramen"}
)


def read_noun_phrase(
    words: Sequence[Word], at: int, stops: Sequence[Span], *, is_counted: bool = False
) -> Phrase | None:
    """The noun phrase that begins at or after character `at`, a leading "the" or "its" left out of the head only.

    words: of the sentence. stops: spans (time expressions, other numbers) that end it. is_counted: its head is the
    first plural that no other plural follows ("three sports teams", but "three tents stand").
    """
    run: list[Word] = []
    following = [word for word in words if word.start >= at]
    owner = -1  # place in the run behind an owner's plain apostrophe ("the islands' catch")
    for word, after in zip_longest(following, following[1:]):
        if not run and _leads(word):
            continue
        if _owns(run, word, after):
            owner = len(run)
            continue
        behind_owner = len(run) == owner and word.kind in (Kind.NOUN, Kind.BASE)
        if not behind_owner and (not _goes_on(run, word, after, stops) or (is_counted and _is_headed(run, word))):
            break
        run.append(word)
    while run and not _may_be_head(run[-1]):
        run.pop()
    return Phrase(Span(run[0].start, run[-1].end), run[-1].lower) if run else None


def _owns(run: Sequence[Word], word: Word, after: Word | None) -> bool:
    """Whether an apostrophe makes the plural before it an owner: "the Orlians' boats"."""
    joined = bool(run) and word.lower in ("'", "’") and run[-1].end == word.start and run[-1].lower.endswith("s")
    return joined and after is not None and after.kind in (Kind.NOUN, Kind.BASE) and after.start == word.end + 1


def _leads(word: Word) -> bool:
    """Whether a word opens a noun phrase without being part of it: "the", "its", "all"."""
    return (word.kind is Kind.DETERMINER and word.lower not in ("that", "this")) or word.lower in (
        "all",
        "these",
        "those",
    )


def _may_be_head(word: Word) -> bool:
    return word.kind in (Kind.NOUN, Kind.FINITE, Kind.BASE) or word.lower == "others"


def _goes_on(run: Sequence[Word], word: Word, after: Word | None, stops: Sequence[Span]) -> bool:
    """Whether a word belongs to the noun phrase read so far; a plural that can be its head ends it."""
    if len(run) >= _LONGEST_PHRASE or not word.lower[0].isalpha():
        return False
    if (run and word.lower in load_lexicon("figures")["behind"]) or any(
        stop.start <= word.start < stop.end for stop in stops
    ):
        return False
    if run and (_is_complete(run, word) or _is_verb_of(run, word, after)):
        return False
    if word.kind is Kind.FINITE and not run and _is_plural(word) and (after is None or after.kind is Kind.MARK):
        return True  # "it cost four lives."
    if word.kind is Kind.FINITE:
        return _is_modifier_or_noun(run, word, after)
    owned = bool(run) and run[-1].lower.endswith("'s") and word.kind is Kind.BASE
    return word.kind in _MODIFIERS or owned or (not run and word.lower == "others")


def _is_plural(word: Word) -> bool:
    return word.lower.endswith("s") and not word.lower.endswith(("ss", "'s", "s'"))


def _is_complete(run: Sequence[Word], word: Word) -> bool:
    """A plural name ("Greeks"), a plural before a name, or people: what follows them is no part of the phrase."""
    last = run[-1]
    people = load_lexicon("figures")["people"]
    if last.lower in people and last.lower not in ("crew", "dead") and word.lower not in people:
        return True
    if last.lower in demonyms() and word.kind is not Kind.NOUN or (last.lower in demonyms() and _is_known_verb(word)):
        return True  # "400,000 Sudanese live there"
    return _is_plural(last) and last.capital != word.capital


def _is_known_verb(word: Word) -> bool:
    classes = word_classes()
    return not word.capital and word.lower in classes.base and word.lower not in classes.also_nouns


def _is_verb_of(run: Sequence[Word], word: Word, after: Word | None) -> bool:
    """Whether a word that may be a noun is the verb of the plural before it: "40% of exports pass the strait"."""
    verb = word.lower in word_classes().base and after is not None
    led = after is not None and after.kind in (Kind.DETERMINER, Kind.PREPOSITION) and after.lower != "of"
    verb = verb and (led or (after is not None and after.capital))  # "trucks use Sarn"
    return verb and _is_plural(run[-1])


def _is_headed(run: Sequence[Word], word: Word) -> bool:
    """Whether the phrase has its plural head already."""
    return bool(run) and _is_plural(run[-1]) and not word.lower.endswith("s")


_ADJECTIVE = re.compile(r"\w+(?:al|an|ive|ic|ous|ary|ern|ish|ese|ful|less|able|ible|['’]s)\Z|un\w+ed\Z")


def _is_modifier_or_noun(run: Sequence[Word], word: Word, after: Word | None) -> bool:
    """A form that could be a finite verb: "local elected officials", "Republican claims", "Holt's claim"."""
    if not run or _is_plural(run[-1]):
        return False
    if word.lower.endswith("ed"):
        return after is not None and after.kind is Kind.NOUN and not after.capital
    return _ADJECTIVE.match(run[-1].lower) is not None


def read_base(
    text: str, words: Sequence[Word], at: int, end: int, stops: Sequence[Span], *, is_share: bool
) -> Phrase | None:
    """The whole of which a number is a part: "of the voters", "of residents"; "half the money"; "of the 28 towns"."""
    of = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|his|her|our|all|that|this)\s+(?=\S))?").match(
        text, at, end
    )
    whose = re.compile(r"\s+(?=(?:the|its|their|his|her|our|all)\s)", re.IGNORECASE).match(text, at, end)
    found = of or (whose if is_share else None)
    if found is None:
        return None
    whole = next((stop.end for stop in stops if stop.start == found.end()), found.end())
    return read_noun_phrase(words, whole, stops, is_counted=whole != found.end())


def read_those(text: str, at: int, end: int) -> int | None:
    """Where "of them" behind a number ends: it is a part of what was counted before; None where there is none."""
    match = _OF_THEM.match(text, at, end)
    return match.end() if match else None


_OF_THEM = re.compile(r"\s+(?:out\s+)?of\s+(?:them|these|those|whom|which|us|you)\b", re.IGNORECASE)


def read_subject(words: Sequence[Word], number_start: int) -> Phrase | None:
    """What a number is the amount of: "turnout of 67 percent", "a fine of $40"."""
    before = [word for word in words if word.end <= number_start]
    while before and (
        before[-1].kind is Kind.ADVERB or before[-1].lower in ("about", "around", "nearly", "almost", "over")
    ):
        before.pop()
    if not before or before[-1].lower != "of":
        return None
    before.pop()
    run: list[Word] = []
    while before and before[-1].kind in (Kind.NOUN, Kind.ING) and len(run) < _LONGEST_PHRASE:
        if run and before[-1].lower in word_classes().base and len(before) > 1 and _is_plural(before[-2]):
            return Phrase(Span(run[0].start, run[-1].end), run[-1].lower)  # "traders fear losses of $5"
        run.insert(0, before.pop())
    if not run or run[-1].kind is not Kind.NOUN:
        return None
    return Phrase(Span(run[0].start, run[-1].end), run[-1].lower)


def read_predicate(words: Sequence[Word], at: int, end: int) -> Span | None:
    """What the counted ones did: the verb right behind the phrase, to the end of its clause."""
    following = [word for word in words if at <= word.start < end]
    while following and following[0].lower in ("there", "here"):
        following = following[1:]
    if not following or not (following[0].is_finite or following[0].kind is Kind.PARTICIPLE):
        return None
    run: list[Word] = []
    for word in following:
        if run and (_ends_clause(word) or word.lower in ("and", "but", "while")):
            break
        run.append(word)
    while run[-1].kind is Kind.MARK:
        run.pop()
    return Span(run[0].start, run[-1].end) if run[0].lower not in _STANDING_IN or len(run) > 1 else None


_STANDING_IN = frozenset(
    {"do", "does", "did", "are", "is", "were", "was", "have", "has", "had"}
)  # "a quarter of Serbs do"


def _ends_clause(word: Word) -> bool:
    return word.kind is Kind.SUBORDINATOR or (word.kind is Kind.MARK and word.lower not in "'’.")


def read_place(text: str, at: int, end: int, *, is_part: bool = False) -> Span | None:
    """The place right behind a phrase: "in Kherson", "across the eastern region of Orlov"; of a part also "on Cos"."""
    match = _place_pattern(is_part).match(text, at, min(end, at + 2 * _LOOK))
    return _checked_place(text, match)


def read_place_before(text: str, start: int, at: int) -> Span | None:
    """The place that a sentence or list item opens with: "In Kherson, 40 percent ..."."""
    match = _fronted_place().search(text, max(start, at - 2 * _LOOK), at)
    return _checked_place(text, match)


def _checked_place(text: str, match: re.Match[str] | None) -> Span | None:
    if match is None:
        return None
    name, printed = match.group("name"), match.group("place")
    kind = known_names().get(name)
    vague = printed.startswith("the ") and printed == f"the {name}" and kind is None  # "in the Federal mine"
    is_place = kind in _POLITICAL or (kind is None and name.lower() not in demonyms() and not vague)
    return Span(*match.span("place")) if is_place else None


_NAME = r"(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3})"


def _place(leads: str) -> str:
    """A preposition and a place: "in Kherson", "across the eastern region of Orlov"."""
    tails = "|".join(load_lexicon("figures")["place_tails"])
    lead_in = rf"(?:the\s+)?(?:[a-z]+(?:ern|al)\s+)?(?:(?:{tails})\s+of\s+)?"
    return rf"\b{leads}\s+(?P<place>{lead_in}{_NAME}(?:\s+(?:{tails})\b)?)"


@cache
def _place_pattern(is_part: bool) -> re.Pattern[str]:
    leads = [*load_lexicon("figures")["placing"], *(["on"] if is_part else [])]
    return re.compile(rf"\s+{_place('(?:' + '|'.join(leads) + ')')}")


@cache
def _fronted_place() -> re.Pattern[str]:
    return re.compile(rf"(?:\A|[\s(“\"]){_place('(?:[Ii]n|[Aa]cross|[Nn]ear|[Aa]round)')},\s+\Z")
