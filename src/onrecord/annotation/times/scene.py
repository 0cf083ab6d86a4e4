"""What a time expression is read against: when the article appeared, what was named before, past or to come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise, zip_longest

from onrecord.annotation.times.calendar import Period, Unit
from onrecord.annotation.times.tokens import Token
from onrecord.annotation.words import word_classes
from onrecord.lexicon.loader import load_lexicon

_REMEMBERED = 12  # earlier expressions kept: "two days later" seldom reaches further back
_STRIDE = 3  # years by which a history steps on; a year further off is an aside
_FINENESS = {unit: rank for rank, unit in enumerate(Unit)}
_CLAUSE_END = frozenset(';:"“”')
_SHORT = 4  # letters of a word whose stop is that of "Mr.", "Gen." or "J."
_NEAR_VERB = 6  # words from a day within which a verb in the present is its own
_DATED = frozenset({"UNIT", "MONTH", "SEASON", "MAYBE_SEASON", "QUARTERLY"})
_BESIDE = 8  # words on either side of "could" in which a clause denies it: "nobody in the town could say Friday"
_NEAR_AHEAD = 8  # words before "ahead of Friday" in which a verb in the past makes it one gone by
_LOOK_BACK, _LOOK_ON = 18, 12  # words before and behind in which a clause's tense is sought


@dataclass(frozen=True, slots=True)
class Scene:
    """published: the day the article appeared, if known. earlier: periods named before, the latest one last.

    narrative: the text tells history, so that bare months follow the text and not the day it appeared.
    ahead: the clause tells of what lies ahead (True), of what is past (False), or gives no sign (None).
    close: the latest period named stands in the same sentence.
    """

    published: date | None
    earlier: tuple[Period, ...] = ()
    narrative: bool = False
    ahead: bool | None = None
    close: bool = False

    @property
    def tells_past(self) -> bool:
        """Whether the clause tells of what is over when the article appears; a history tells all so."""
        return self.ahead is False and not self.narrative

    def with_period(self, period: Period) -> "Scene":
        """The scene after one more period was named."""
        return replace(self, earlier=(*self.earlier[-_REMEMBERED:], period), close=True)

    def previous(self, unit: Unit) -> Period | None:
        """The latest period named that is at least as fine as `unit`."""
        coarsest = _FINENESS[unit]
        return next((period for period in reversed(self.earlier) if _FINENESS[period.unit] <= coarsest), None)

    def has_moved_on(self, unit: Unit) -> bool:
        """Whether a later, coarser period was named after the latest one as fine as `unit`.

        "On Jan. 5, 1996, he was jailed, and freed 14 months later. Two days after that, …" counts from no day named.
        """
        fine = self.previous(unit)
        if fine is None or self.narrative or self.published is None:
            return False
        since = self.earlier[len(self.earlier) - self.earlier[::-1].index(fine) :]
        return any(fine.last < period.first <= self.published for period in since)

    def latest(self, unit: Unit) -> Period | None:
        """The latest period named of just that unit."""
        return next((period for period in reversed(self.earlier) if period.unit is unit), None)

    def year_told(self) -> Period | None:
        """The period whose year a history is in: the latest day or month, or a later year that carries it on."""
        dated, year = self.previous(Unit.MONTH), self.previous(Unit.YEAR)
        if dated is None or year is None:
            return year
        return year if 0 <= year.first.year - dated.first.year <= _STRIDE else dated


def lies_ahead(tokens: Sequence[Token], start: int, end: int) -> bool | None:
    """Whether the clause around tokens [start, end) speaks of what is to come; None without a sign."""
    first, last = max(0, start - _LOOK_BACK), min(len(tokens), end + _LOOK_ON)
    opens = next((at + 1 for at in range(start - 1, first - 1, -1) if _is_clause_end(tokens, at)), first)
    closes = next((at for at in range(end, last) if _is_clause_end(tokens, at)), last)
    before, after = tokens[opens:start][::-1], tokens[end:closes]
    told_after = _first_sign(after, _after_signs(), backwards=False)
    own = _first_sign(_own_clause(after), _signs(), backwards=False)
    told_then = _told_of_then(after)
    if told_then is not None:
        return told_then
    if before and (before[0].word in _tense()["promised"] or _is_fixed_day(before[0], tokens[start:end], after)):
        return True
    if after and after[0].word in _tense()["sold_ahead"] and _is_month(tokens[start:end]):
        return True
    if not before and after and after[0].word in _tense()["told_of"] and _is_day(tokens[start:end]):
        return True
    if before and before[0].word in _tense()["limit"]:
        return not _has_passed(before, after)
    if own is not None and _is_fronted(before) and (own is False or _is_only_timetable(after)):
        return own
    if [token.word for token in before[:2]] == ["of", "ahead"]:  # "he trails ahead of Tuesday's vote"
        return _first_sign(before[:_NEAR_AHEAD], _signs(), backwards=True) is not False
    is_behind = bool(before) and before[0].word in _tense()["behind"]
    told_before = _first_sign(before, _strong_signs() if is_behind else _signs(), backwards=True)
    told = told_after if told_before is None else told_before
    if told is None and _is_supposed(before):
        return True
    return True if told is None and _is_timetabled(before, after) else told


def _is_only_timetable(after: Sequence[Token]) -> bool:
    """Whether what follows tells of what is to come by a timetable's present and not by "could" or "was to"."""
    return _first_sign(_own_clause(after), _strong_signs(), backwards=False) is not True


def _told_of_then(after: Sequence[Token]) -> bool | None:
    """Whether a clause that tells what comes then speaks of what is to come: "in July, where he will speak"."""
    if len(after) < 2 or after[0].word != "," or after[1].word not in _tense()["what_then"]:
        return None
    clause = _own_clause(after[1:])
    verb = next((at for at, token in enumerate(clause) if token.word in _unchanged()), len(clause))
    return _first_sign(clause[:verb], _signs(), backwards=False)


def _is_supposed(before: Sequence[Token]) -> bool:
    """Whether a clause supposes what is to come."""
    if before and before[0].word in _tense()["owners"]:
        return False
    return any(token.word in _tense()["supposing"] for token in before)


def _is_timetabled(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether a verb in the present tells of a day, as news tells only what is still to come: "he testifies Thursday".

    before: read outwards. Not where a word for another event stands between: "he faces charges after the crash Monday".
    """
    bar = next((at for at, token in enumerate(before) if token.word in _tense()["bars"]), len(before))
    if any(_is_present(before[at], before[at + 1]) for at in range(min(bar, _NEAR_VERB, len(before) - 1))):
        return True
    own = _own_clause(after) if _is_fronted(before) else ()
    return any(_is_present(token, left) for left, token in pairwise(own[:_NEAR_VERB]))


def _is_present(token: Token, left: Token) -> bool:
    """Whether a word is a verb in the present, and no noun: "opens", "voters go"; `left` is the word before it."""
    classes = word_classes()
    if token.is_capital or token.word in classes.speech or token.word in _tense()["before_nouns"]:
        return False
    if token.word in _unchanged():
        return False
    if token.word in classes.third:
        return token.word not in classes.also_nouns and token.word not in ("is", "has", "does")
    plural = left.word in _tense()["plural"] or (left.word.endswith("s") and left.word not in classes.closed)
    return (
        token.word in classes.base
        and token.word not in classes.also_nouns
        and token.word not in classes.past
        and plural
    )


def _is_fixed_day(before: Token, expression: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether something is set for a day: "called a meeting for Monday"."""
    if not _is_day(expression) or before.word not in _tense()["fixed"]:
        return False
    return not (after and ("POSSESSIVE" in after[0].kinds or after[0].word in _tense()["weekly"]))


def _is_day(expression: Sequence[Token]) -> bool:
    return any("WEEKDAY" in token.kinds or "DAY" in token.kinds for token in expression)


def _is_month(expression: Sequence[Token]) -> bool:
    return any("MONTH" in token.kinds or "MAYBE_MONTH" in token.kinds for token in expression)


def _has_passed(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether a limit is one that something lasted to: "was held until Friday", "by Friday it had burned"."""
    apart = bool(after) and after[0].word == "," and len(before) > 1  # "… until Friday, officials said"
    if not apart and _first_sign(_own_clause(after), _signs(), backwards=False) is False:
        return True
    verb = next((token.word for token in before[1:] if token.word in _signs() or _is_past_form(token)), "")
    return verb in _tense()["lasted"]


def _is_fronted(before: Sequence[Token]) -> bool:
    """Whether an expression opens a sentence or clause: ", on Monday the envoy met". `before` is read outwards."""
    lists = _tense()
    nearest = next((token.word for token in before if token.word not in lists["fronted"]), None)
    return nearest is None or nearest in lists["front"]


def _own_clause(after: Sequence[Token]) -> Sequence[Token]:
    """What follows a fronted expression, up to the next comma; past what stands between commas behind a bare name:
    "In October, Mrs. Lund, the nominee, proposed …".
    """
    rest = after[1:] if after and after[0].word == "," else after
    commas = [index for index, token in enumerate(rest) if token.word == ","]
    if len(commas) > 1 and all(token.is_capital or token.word == "." for token in rest[: commas[0]]):
        return rest[commas[1] + 1 :]
    return rest[: commas[0]] if commas else rest


def _is_clause_end(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign there ends a clause; a stop behind a short word in large letters, as in "Mrs. Lund", does not."""
    if tokens[at].word == ".":
        return not (at and tokens[at - 1].is_capital and tokens[at].span.start - tokens[at - 1].span.start <= _SHORT)
    return tokens[at].word in _CLAUSE_END


@cache
def _tense() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_lexicon("times")["tense"].items()}


@cache
def _unchanged() -> frozenset[str]:
    """Verbs whose past is their base, so that their form tells no tense: "burst", "cut", "hit"."""
    rows = (row.split() for row in load_lexicon("words")["irregular"])
    return frozenset(past for base, past, _ in rows if past == base)


@cache
def _signs() -> dict[str, bool]:
    arranged = [f"{be} {verb}" for be in ("is", "are", "am") for verb in _tense()["arranged"]]
    return {**_strong_signs(), **dict.fromkeys([*_tense()["timetable"], *arranged], True)}


@cache
def _strong_signs() -> dict[str, bool]:
    tense = _tense()
    rows = (row.split() for row in load_lexicon("words")["irregular"])
    irregular = {past for base, past, _ in rows if past != base} - tense["no_past"]
    return {
        **dict.fromkeys(irregular | tense["past"], False),
        **dict.fromkeys(tense["future"] | tense["future_verbs"], True),
    }


@cache
def _after_signs() -> dict[str, bool]:
    tense = _tense()
    return {**dict.fromkeys(tense["past_after"], False), **dict.fromkeys(tense["future_after"], True)}


def _first_sign(tokens: Sequence[Token], signs: dict[str, bool], *, backwards: bool) -> bool | None:
    """The first sign among tokens read outwards from the expression, of one word or two; "to be held", "is held" are no
    past.
    """
    nearer = ""
    tokens = [token for token in tokens if not token.word.endswith("ly")]  # "is widely expected"
    for at, (token, further) in enumerate(zip_longest(tokens, tokens[1:])):
        beside = further.word if further is not None else ""
        left, nearer = beside if backwards else nearer, token.word
        pair = f"{beside} {token.word}" if backwards else f"{token.word} {beside}"
        if token.word.endswith("'ll"):
            return True
        sign = signs.get(pair, signs.get(token.word, False if _is_past_form(token) else None))
        if "MAYBE_MONTH" in token.kinds and token.is_capital:
            sign = None  # "May", not "may"
        is_passive = sign is False and left in ("be", "is", "are")
        if sign is None or is_passive or (backwards and _is_noun(token.word, beside)):
            continue
        return sign and not (
            token.word in _tense()["denied"] and _is_denied(tokens[max(0, at - _BESIDE) : at + _BESIDE])
        )
    return None


def _is_noun(word: str, before: str) -> bool:
    """Whether a verb of intention is a noun here: "a plan", "the hopes"."""
    return word in _tense()["future_verbs"] and before in _tense()["before_nouns"]


def _is_denied(tokens: Sequence[Token]) -> bool:
    return any(token.word in _tense()["denying"] for token in tokens)


def _is_past_form(token: Token) -> bool:
    """A regular past form; "need" and "United" are none."""
    word = token.word
    return len(word) > 4 and word.endswith("ed") and not word.endswith("eed") and not token.is_capital


# A text tells history where it names at least so many years long past and has a word of the day's news in fewer than
# one of so many sentences. WikiWars articles have one in 20 to none, AQUAINT news at least one in 5.
_HISTORIC_YEARS, _SENTENCES_PER_NEWS_WORD = 5, 10


def is_narrative(sentences: Sequence[Sequence[Token]], published: date | None) -> bool:
    """Whether the text tells history: it names years long past, and hardly a weekday, "today" or "said"."""
    years = [int(token.word) for tokens in sentences for token in tokens if "YEAR" in token.kinds]
    if published is not None:
        years = [year for year in years if year < published.year - 1]
    news = sum(_is_news_word(token) for tokens in sentences for token in tokens)
    news += sum(_is_of_today(one, other) for tokens in sentences for one, other in pairwise(tokens))
    return len(years) >= _HISTORIC_YEARS and len(sentences) > _SENTENCES_PER_NEWS_WORD * news


def _is_of_today(one: Token, other: Token) -> bool:
    """As "this week", "last month", "next summer", which a history has no use for."""
    return one.word in ("last", "this", "next") and not _DATED.isdisjoint(other.kinds)


def _is_news_word(token: Token) -> bool:
    return "WEEKDAY" in token.kinds or "DEICTIC" in token.kinds or token.word in ("said", "says", "told", "ago")
