"""Numbers that are no figures: parts of names, ages, scores, list numbers, telephone numbers, years, pronouns."""

import re
from dataclasses import dataclass
from functools import cache

from onrecord.annotation.figures.numbers import Number
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import demonyms

_TIME_UNITS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"})


LARGEST_REFERENCE = 12  # "the four islands" are named ones; "the hundred islands" are many


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text around a number, within its sentence.

    before: up to the word of approximation, `inexact`; printed: the number; after: what follows. is_cut: the sentence
    begins earlier than `before`. is_plural: what is counted is people or printed in the plural.
    """

    before: str
    inexact: str
    printed: str
    after: str
    is_cut: bool
    is_plural: bool


def is_no_figure(around: Surroundings, number: Number, unit: str | None, approximate: str | None) -> bool:
    """Whether a number only looks like a figure."""
    bare = unit is None and approximate is None
    return (
        _is_idiom(around, number, unit)
        or _is_name(around, number)
        or _closes_ratio(around, number)
        or _is_side(around, number)
        or (approximate is None and not (number.currency or number.is_share) and _is_label(around, unit))
        or _is_multiple(around, unit)
        or _is_age(around, number, unit)
        or _is_list_number(around, number)
        or _is_reference(around, number, unit)
        or _is_named(around)
        or _is_score(around, number, unit)
        or (bare and _follows_article(around))
        or _is_telephone(around)
        or (approximate is None and _is_year(around, number, unit))
    )


def _is_idiom(around: Surroundings, number: Number, unit: str | None) -> bool:
    """As in "one of the first steps", "the two said": a pronoun or a figure of speech."""
    if number.is_digits or number.is_share or number.low is None:
        return False
    if around.printed.lower() == "one":
        return unit not in ("percent", "percentage points")
    near = f"{around.before[-12:]}{around.inexact}{around.printed}{around.after[:14]}".lower()
    return unit is None or _idioms().search(near) is not None


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any('idioms')})\b")


def _any(group: str) -> str:
    words = sorted(load_lexicon("figures")[group], key=len, reverse=True)
    return "|".join(re.escape(word) for word in words)


def _is_name(around: Surroundings, number: Number) -> bool:
    """A number word with a capital before another capital ("Five Rivers"), unless the whole line has capitals or the
    other is a people's name that opens a sentence ("Nine Orlian ships").
    """
    capital = re.match(r"\s([A-Z][\w’'-]*)", around.after)
    if number.is_digits or not around.printed[0].isupper() or capital is None:
        return False
    if capital.group(1).lower() in demonyms() and not around.before.strip("“\"'‘ "):
        return False
    words = re.findall(r"[^\W\d_]{4,}", around.before + around.after)
    return any(word[0].islower() for word in words)


def _is_side(around: Surroundings, number: Number) -> bool:
    """As in "its own half of the strait", "the northern half of the town": a place, and no part that was counted."""
    return number.is_share and around.printed.lower() == "half" and _SIDE.search(around.before) is not None


_SIDE = re.compile(r"(?:\b(?:own|other|better|first|second|upper|lower|[a-z]+ern)|['’]s?)\s\Z")


def _closes_ratio(around: Surroundings, number: Number) -> bool:
    """The second half of "3 to 1"."""
    return number.low == 1 and re.search(r"\w[ -]to[ -]\Z", around.before) is not None


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![\w])(?:{_any('labels')})|[#§])\s*\Z", re.IGNORECASE)


def _is_label(around: Surroundings, unit: str | None) -> bool:
    """A number that is part of a name: "Resolution 2202", "Falcon 9", "No. 5"."""
    measured = unit in load_lexicon("figures")["units"].values() and unit not in _TIME_UNITS
    if measured:
        return False
    if _labels().search(around.before[-25:]):
        return True
    named = re.search(r"(?:[A-Z][\w’-]*|\b[A-Z])[ \u00a0]\Z", around.before)
    if named is None or around.is_plural:
        return False
    return around.is_cut or bool(around.before[: named.start()].strip("“\"' "))  # a sentence's first word is no name


def _is_multiple(around: Surroundings, unit: str | None) -> bool:
    """As in "three times that number": so many times another figure, not so many occasions."""
    return unit == "times" and _MULTIPLE.match(around.after) is not None


_MULTIPLE = re.compile(r"\s+times\s+(?:that|the|this|as|more|higher|larger|bigger|its|their|what)\b", re.IGNORECASE)


def _is_age(around: Surroundings, number: Number, unit: str | None) -> bool:
    """As in "aged 59", "Lund, 59, said", "a 59-year-old", "people under 30"."""
    if re.match(r"[-\s](?:year|month|week|day)s?[-\s]old\b", around.after):
        return True
    if re.search(r"\b(?:aged|ages?(?: of)?|turned|turns)\s(?:\d+\s(?:to|and|or)\s|between\s)?\Z", around.before):
        return True
    if unit is None and re.search(r"\b(?:who|he|she|I)(?: is| was|['’]s| am|['’]m)(?: now)? \Z", around.before):
        return True
    return _bounds_an_age(around) or _is_age_in_commas(around, number) or _is_age_of(around, unit)


def _is_age_of(around: Surroundings, unit: str | None) -> bool:
    """As in "a man of 62"; "a crew of 12" and "men of 2 regiments" are counted."""
    return unit is None and _ONE_OF.search(around.before) is not None and not re.match(r"\s?[%\d]", around.after)


_ONE_OF = re.compile(
    r"\b(?:an?|the|this)\s(?:[\w-]+\s)?(?:man|woman|boy|girl|child|widow|widower|pensioner)\sof\s\Z", re.IGNORECASE
)


def _bounds_an_age(around: Surroundings) -> bool:
    bound = re.search(r"\b(\w+) (?:under|over|above|below) \Z", around.before + around.inexact)
    people = load_lexicon("figures")["people"]
    return bound is not None and bound.group(1).lower() in people and not re.match(r"\s?(?:%|per)", around.after)


def _is_age_in_commas(around: Surroundings, number: Number) -> bool:
    in_commas = re.search(r"[A-Z][\w’-]+, \Z", around.before) and re.match(r"(?:,|\.|;|\))", around.after)
    return bool(in_commas) and number.low is not None and 0 < number.low < 120 and number.low % 1 == 0


def _is_named(around: Surroundings) -> bool:
    """As in "a 911 call", "529 plans": a number that is a name, before a word that goes with it."""
    following = re.match(r"[\s-](\w+)|\(k\)", around.after)
    named = load_lexicon("figures")["named_numbers"].get(around.printed, ())
    return following is not None and (following.group(1) or "k").lower() in named


def _is_reference(around: Surroundings, number: Number, unit: str | None) -> bool:
    """As in "the two governments": a small number in words that takes up what was named, and counts nothing anew."""
    if number.is_digits or number.is_share or number.low is None or number.low > LARGEST_REFERENCE:
        return False
    definite = re.search(
        r"\b(?:the|these|those|its|their|his|her|our|both)\s\Z", around.before + around.inexact, re.IGNORECASE
    )
    return definite is not None and unit not in (*_TIME_UNITS, "percent")


def _is_list_number(around: Surroundings, number: Number) -> bool:
    opens = not around.is_cut and not around.before.strip(" (•-")
    return number.is_digits and opens and re.match(r"[.)]\s", around.after) is not None


@cache
def _tallies() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_any('tallies')})\b")


def _is_score(around: Surroundings, number: Number, unit: str | None) -> bool:
    """Either half of "3-1" and of "a 52-48 vote"; feet and inches."""
    if _tallies().match(around.after) and re.search(r"\d\s?[-–]\s?\Z|\bby an?\s\Z", around.before):
        return True
    told = re.search(r"\b(?:to|and)\b", around.printed) is not None  # "between 900 and 1,100" is no score
    if "range" in number.flags and ((unit is None and not told) or number.low == number.high):
        return True
    joined = re.match(r"\s?[-–]\s?\d{1,3}\b(?!\s?(?:%|percent|per cent|\w+s\b))", around.after)
    height = re.match(r"['’]\d", around.after)
    return bool(joined or height or re.search(r"\d\s?[-–]\s?\Z", around.before))


def _follows_article(around: Surroundings) -> bool:
    """As in "the 747": a number with an article and nothing that it counts."""
    told = re.match(
        r"\s(?:reported|recorded|counted|announced|registered|known)\b", around.after
    )  # "from the 131 reported"
    return told is None and _ARTICLE.search(around.before) is not None


_ARTICLE = re.compile(r"\b(?:the|an?|its|his|her|this|that)\s\Z", re.IGNORECASE)


def _is_telephone(around: Surroundings) -> bool:
    """Part of three or more groups of digits that are not thousands."""
    before, after = around.before[-20:] + around.inexact, around.after[:20]
    groups = re.finditer(r"\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,4}\)?){2,}", before + around.printed + after)
    return any(
        match.start() <= len(before) < match.end()
        for match in groups
        if not re.search(r"\d{1,3}(?: 000)+", match.group())
    )


def _is_year(around: Surroundings, number: Number, unit: str | None) -> bool:
    """Four digits from 1900 to 2099 without a plural behind, which the resolver of times left alone."""
    plain = number.low is not None and 1900 <= number.low <= 2099 and number.low % 1 == 0
    plain = plain and "," not in around.printed  # "2,000" is no year
    return plain and number.is_digits and not number.currency and (unit is None or not around.is_plural)
