"""Numbers as printed: digits, words, fractions, ratios, ranges and words for an open number."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.patterns import any_of
from onrecord.records.spans import Span

ASSUMED = "currency_assumed"  # a flag: whose dollars, the text does not say
LONGEST_DIGITS = 24  # more is no quantity that news tells
_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[^\W\d_]+")
_SPACE = "[ \u00a0\u2009\u202f]"


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase: its span with sign and scale, low and high value (None: open), currency and flags.

    is_share: a part of a whole ("a third", "one in five"). is_digits: printed in figures.
    """

    span: Span
    low: Decimal | None
    high: Decimal | None
    currency: str | None = None
    is_share: bool = False
    is_digits: bool = True
    flags: tuple[str, ...] = ()


def find_numbers(text: str, sentence: Span) -> Iterator[Number]:
    """The number phrases of a sentence, in reading order, not overlapping; not all of them are figures."""
    if not _may_hold_number(text[sentence.start : sentence.end].lower()):
        return
    at = sentence.start
    while (match := _patterns().search(text, at, sentence.end)) is not None:
        number = _READERS[str(match.lastgroup)](text, match, sentence.end)
        if number is not None:
            yield number
        at = max(number.span.end if number else match.end(), at + 1)


def _may_hold_number(words: str) -> bool:
    """Whether there is a digit or a number word at all: a quick look that spares most sentences the patterns."""
    return _DIGIT.search(words) is not None or not _number_words().isdisjoint(_LETTERS.findall(words))


@cache
def _number_words() -> frozenset[str]:
    lexicon = load_lexicon("figures")
    return frozenset((*lexicon["numbers"], *lexicon["scales"], *lexicon["fractions"], *lexicon["vague"]))


@cache
def _patterns() -> re.Pattern[str]:
    kinds = {
        "ratio": _ratio(),
        "part": _part(),
        "vague": _vague(),
        "share": _share_words(),
        "digits": _digits(),
        "words": _words(),
    }
    joined = "|".join(f"(?P<{name}>{pattern})" for name, pattern in kinds.items())
    return re.compile(rf"(?<![\w/@#+.,:’'])(?<!\w[-–])(?:{joined})", re.IGNORECASE)


def _ratio() -> str:
    """As in "one in three", "9 out of 10", "eight of 10"."""
    count = rf"(?:{_pieces()['small']}|\d+)"
    joint_apart = rf"{_SPACE}+(?:in|out{_SPACE}+of){_SPACE}+"  # "one voter in three"
    apart = rf"one{_SPACE}+[a-z]+{joint_apart}{count}(?!{_SPACE}+[a-z]{{3,}}s\b)"
    every = rf"(?:every{_SPACE}+)?"
    of = rf"{_SPACE}+of{_SPACE}+(?:every{_SPACE}+|(?=(?:10|ten|100)\b))"
    joint = rf"(?:{_SPACE}+in{_SPACE}+|{_SPACE}+out{_SPACE}+of{_SPACE}+{every}|{of})"
    no_amount = rf"(?![\d.,]*\d|{_SPACE}?(?:%|percent|per{_SPACE}cent|million|billion)|[\w-])"
    return rf"(?:{apart}|{count}{joint}{count}){no_amount}"


def _part() -> str:
    """As in "half a million", "a quarter of a million", "half of 1 percent"."""
    scaled = rf"half{_SPACE}+an?{_SPACE}+{_pieces()['scale']}\b"
    pieces = _pieces()
    whole = rf"(?:{pieces['word']}|an?){_SPACE}+{pieces['fraction']}{_SPACE}+of{_SPACE}+an?{_SPACE}+{pieces['scale']}\b"
    return rf"{whole}|{scaled}|half{_SPACE}+(?:of{_SPACE}+)?(?:an?|one|1)(?={_SPACE}+per)"


def _vague() -> str:
    """As in "dozens", "tens of thousands", "several hundred"."""
    vague, scale = _pieces()["vague"], _pieces()["scale"]
    tens = rf"(?:(?:tens|hundreds|thousands){_SPACE}+of{_SPACE}+)?{vague}\b"
    return rf"{tens}|(?:several|an?{_SPACE}+few|many){_SPACE}+{scale}\b"


def _share_words() -> str:
    """As in "two-thirds of", "a quarter of", "half the"."""
    word, fraction = _pieces()["word"], _pieces()["fraction"]
    behind = rf"(?={_SPACE}+(?:of|the|its|all|their|his|her|our)\b)"
    parts = rf"{word}[-\s]+(?:thirds|quarters|fourths|fifths|sixths|eighths|tenths)\b"
    inexact = "|".join(f"(?<=by {word} )" for word in load_lexicon("figures")["approximate"] if word[0].isalpha())
    change = rf"(?=an?{_SPACE}|half)(?:(?<=by )|{inexact})(?:an?{_SPACE}{fraction}|half)\b"  # "fell by nearly a fifth"
    whole = rf"(?:(?:{word}|an?)[-\s]+)?{fraction}(?={_SPACE}+of\b)"
    beyond = rf"an?{_SPACE}{fraction}(?={_SPACE}(?:higher|lower|more|less|fewer|larger|smaller|bigger|cheaper)\b)"
    return rf"{whole}|{beyond}|half{behind}|{parts}|{word}-{fraction}\b|{change}"


def _digits() -> str:
    """As in "1,300", "$1.3", "EUR 40"."""
    pieces = _pieces()
    return rf"(?:{pieces['sign']}{_SPACE}?|{pieces['code']}{_SPACE})?{pieces['digits']}"


def _words() -> str:
    """As in "twenty-five", "a million", "two hundred and fifty thousand"."""
    scale = _pieces()["scale"]
    any_word = rf"(?:{_pieces()['word']}|{scale})"
    joint = rf"(?:-|{_SPACE}+(?:and{_SPACE}+(?<=hundred and )|and{_SPACE}+(?<=thousand and ))?)"
    return rf"(?:an?{_SPACE}+(?={scale}\b))?{any_word}(?:{joint}{any_word}){{0,8}}\b"


@cache
def _pieces() -> Mapping[str, str]:
    lexicon = load_lexicon("figures")
    return {
        "word": _any(lexicon["numbers"]),
        "small": _any([word for word, value in lexicon["numbers"].items() if 0 < value <= 20]),
        "scale": _any(lexicon["scales"]),
        "fraction": _any(lexicon["fractions"]),
        "vague": _any(lexicon["vague"]),
        "sign": f"(?-i:{_any(lexicon['currencies']['signs'])})",
        "code": f"(?-i:{_any(lexicon['currencies']['codes'])})",  # "try 40" names no Turkish money
        "suffix": _any(lexicon["suffixes"]),
        "digits": r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?"
        r"|\d{1,3} 000(?: 000)*(?!\d)|\d+(?:[.,]\d+)?)",
    }


def _any(words: Any) -> str:
    return f"(?:{any_of(map(re.escape, words))})"


# Readers: one for each kind of phrase


def _read_digits(text: str, match: re.Match[str], end: int) -> Number | None:
    first = _amount(text, Span(*match.span()), end)
    if first is None:
        return None
    between = _BETWEEN.search(text, max(0, match.start() - 10), match.start())
    joint = (_joint_and() if between else _joint()).match(text, first.span.end, end)
    changes = (
        joint is not None and "to" in joint.group() and _CHANGE.search(text, max(0, match.start() - 80), match.start())
    )
    second = _amount_at(text, joint.end(), end) if joint and not changes else None
    return first if second is None else _range(first, second)


def _amount_at(text: str, start: int, end: int) -> Number | None:
    pieces = _pieces()
    match = re.compile(rf"(?:(?:{pieces['sign']}){_SPACE}?)?{pieces['digits']}").match(text, start, end)
    return _amount(text, Span(*match.span()), end) if match else None


# "Rose from 12 to 18": what it was and what it became, no range.
_CHANGE = re.compile(
    r"\b(?:rais|ris|rose|increas|grow|grew|climb|jump|surg|soar|doubl|lift|lower|cut|reduc|fell|fall|drop|declin|shr[aiu]nk|slid|slash|"
    r"tripl|went|gone|goes|push|brought|bring|chang|trimm?|widen|narrow)\w*\b[^.;\n]{0,60}?\bfrom\s\Z",
    re.IGNORECASE,
)


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"{_SPACE}*[-–—]{_SPACE}*(?=[\d$€£])|{_SPACE}+(?:to|or){_SPACE}+(?=[\d$€£])")


@cache
def _joint_and() -> re.Pattern[str]:
    unit = rf"(?:{_SPACE}?%|{_SPACE}per{_SPACE}?cent)?"  # "between 12% and 18%"
    return re.compile(rf"{unit}{_SPACE}+and{_SPACE}+(?=[\d$€£])")


def _amount(text: str, span: Span, end: int) -> Number | None:
    """Sign, digits and scale: `$1.3bn`, `1,300`, `5 million`."""
    printed = text[span.start : span.end]
    digits = re.search(r"\d.*\Z", printed, re.DOTALL)
    if digits is None or len(digits.group()) > LONGEST_DIGITS:
        return None
    value, flags = _read_digits_value(digits.group())
    currency = _currency(printed[: digits.start()].strip())
    flags += (ASSUMED,) if printed.startswith("$") else ()
    scale, stop = _scale(text, span.end, end, currency is not None)
    following = text[stop : stop + 2]
    if (following[:1].isalnum() and scale == 1 and not _is_unit_letters(text, stop, end)) or re.match(
        r"[/:]\d|_", following
    ):
        return None
    return Number(Span(span.start, stop), value * scale, value * scale, currency, flags=flags)


def _read_digits_value(digits: str) -> tuple[Decimal, tuple[str, ...]]:
    """The value; a comma before one, two or more than three digits is read as a decimal comma, and flagged."""
    if re.fullmatch(r"\d+,\d+", digits) and not re.fullmatch(r"\d{1,3},\d{3}", digits):
        return Decimal(digits.replace(",", ".")), ("decimal_comma",)
    return Decimal(re.sub(r"[, \u00a0\u2009\u202f]", "", digits)), ()


def _currency(sign: str) -> str | None:
    currencies = load_lexicon("figures")["currencies"]
    found: str | None = currencies["signs"].get(sign) or currencies["signs"].get(sign.upper())
    return found or (sign.upper() if sign.upper() in currencies["codes"] else None)


def _scale(text: str, at: int, end: int, has_currency: bool) -> tuple[int, int]:
    """What the word or letters behind the digits multiply by, and where they end."""
    lexicon, pieces = load_lexicon("figures"), _pieces()
    word = re.compile(rf"(?:{_SPACE}|-)?({pieces['scale']})\b(?!s)", re.IGNORECASE).match(text, at, end)
    if word:
        return int(lexicon["scales"][word.group(1).lower()]), word.end()
    letters = re.compile(rf"{_SPACE}?({pieces['suffix']})\b", re.IGNORECASE).match(text, at, end)
    if letters:
        suffix = letters.group(1).lower()
        near = letters.start(1) == at or len(suffix) > 1
        if near and (has_currency or suffix not in lexicon["only_with_currency"]):
            return int(lexicon["suffixes"][suffix]), letters.end()
    return 1, at


def _is_unit_letters(text: str, at: int, end: int) -> bool:
    """`30km`, `5pc`: letters right behind digits that are a unit."""
    word = re.compile(r"[^\W\d_]+").match(text, at, end)
    return word is not None and word.group().lower() in load_lexicon("figures")["units"]


def _range(first: Number, second: Number) -> Number | None:
    """`10 to 15 million`: the first takes the second's scale where it has none; a pair that falls is no range."""
    low, high = first.low, second.high
    if low is None or high is None:
        return first
    if second.low and low < 1000 <= high and not (first.low and first.low >= 1000):
        scale = _scale_of(high)
        low = low * scale if low * scale <= high else low
    if low > high:
        return first
    span = Span(first.span.start, second.span.end)
    return Number(
        span,
        low,
        high,
        first.currency or second.currency,
        flags=tuple(dict.fromkeys(("range", *first.flags, *second.flags))),
    )


def _scale_of(value: Decimal) -> int:
    """The largest scale that a value has behind it: 15000000 is counted in millions."""
    scales = (1_000_000_000_000, 1_000_000_000, 1_000_000, 1000)
    return next((scale for scale in scales if value >= scale), 1)


_BETWEEN = re.compile(rf"\bbetween{_SPACE}+\Z", re.IGNORECASE)
_AND, _TO_OR = re.compile(rf"{_SPACE}+and{_SPACE}+"), re.compile(rf"{_SPACE}+(?:to|or){_SPACE}+")


def _read_words(text: str, match: re.Match[str], end: int) -> Number | None:
    value = spelled_value(match.group())
    if value is None:
        return None
    number = Number(Span(*match.span()), value, value, is_digits=False, flags=("value_written_out",))
    between = _BETWEEN.search(text, max(0, match.start() - 10), match.start())
    joint = (_AND if between else _TO_OR).match(text, number.span.end, end)
    second = _patterns().match(text, joint.end(), end) if joint else None
    if second is None or second.lastgroup != "words":
        return number
    high = spelled_value(second.group())
    if high is None or high <= value:
        return number
    low = value * _scale_of(high) if value < 1000 <= high else value
    return replace(number, span=Span(match.start(), second.end()), low=low, high=high, flags=("range", *number.flags))


def spelled_value(words: str) -> Decimal | None:
    """The value of a number in words ("two hundred and fifty thousand")."""
    lexicon = load_lexicon("figures")
    total, current = Decimal(0), Decimal(0)
    for word in re.findall(r"[^\W\d_]+", words.lower()):
        if word in lexicon["numbers"]:
            current += lexicon["numbers"][word]
        elif word in lexicon["scales"]:
            current = (current or Decimal(1)) * lexicon["scales"][word]
            if lexicon["scales"][word] >= 1000:
                total, current = total + current, Decimal(0)
        elif word not in ("a", "an", "and"):
            return None
    return total + current


def _read_part(text: str, match: re.Match[str], end: int) -> Number | None:
    """As in "half a million", "three quarters of a million", "half of 1 percent"."""
    lexicon, words = load_lexicon("figures"), re.findall(r"[^\W\d_]+", match.group().lower())
    above = Decimal(lexicon["numbers"].get(words[0], 1))
    below = next((lexicon["fractions"][word] for word in words if word in lexicon["fractions"]), 2)
    value = Decimal(lexicon["scales"].get(words[-1], 1)) * above / below
    return Number(Span(*match.span()), value, value, is_digits=False, flags=("value_written_out",))


def _read_vague(text: str, match: re.Match[str], end: int) -> Number | None:
    return Number(Span(*match.span()), None, None, is_digits=False, flags=("vague",))


def _read_share(text: str, match: re.Match[str], end: int) -> Number | None:
    """As in "two-thirds of", "a quarter of", "half of"."""
    lexicon = load_lexicon("figures")
    words = re.findall(r"[^\W\d_]+", match.group().lower())
    above = Decimal(lexicon["numbers"].get(words[0], 1)) if len(words) > 1 else Decimal(1)
    return _share(match, above, Decimal(lexicon["fractions"][words[-1]]), "value_written_out")


def _read_ratio(text: str, match: re.Match[str], end: int) -> Number | None:
    """As in "one in three", "9 out of 10"."""
    first, *_, last = re.findall(r"\d+|[^\W\d_]+", match.group().lower())
    if re.match(r"one\s+(?:\w+day|time|man|more|day|night|week|month|year|hour|goal|vote)\b", match.group().lower()):
        return None
    above, below = _small(first), _small(last)
    return _share(match, above, below, "ratio") if above and below and above <= below else None


def _small(word: str) -> Decimal | None:
    if word.isdigit():
        return Decimal(word) if len(word) <= LONGEST_DIGITS else None
    value = load_lexicon("figures")["numbers"].get(word)
    return None if value is None else Decimal(value)


def _share(match: re.Match[str], above: Decimal, below: Decimal, flag: str) -> Number:
    value = (above / below).quantize(Decimal("0.0001"))
    return Number(Span(*match.span()), value, value, is_share=True, is_digits=False, flags=("share", flag))


_READERS = {
    "ratio": _read_ratio,
    "part": _read_part,
    "vague": _read_vague,
    "share": _read_share,
    "digits": _read_digits,
    "words": _read_words,
}
