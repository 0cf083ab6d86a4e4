"""How far the phrases around a nominal cue reach: a subject before it, an object or clause behind it."""

from collections.abc import Sequence

from onrecord.annotation.clauses import Start, closes_quote, has_finite, is_dash, is_quote, opening, reporting
from onrecord.annotation.conditions.parts import Piece, consequence_start, past_report, text_end, trimmed
from onrecord.annotation.conditions.ranking import best, consequence_begin_features, consequence_end_features
from onrecord.annotation.words import Kind, Word, word_classes

Words = Sequence[Word]

SUBJECT_REACH = 60  # words; the longest subject of such a sentence in the seeds has 27
OBJECT_REACH = 45
REPORT_REACH = 12  # words of a report that is set off


def subject_before(words: Words, stop: int) -> Piece | None:
    """The noun phrase that ends at `stop`: back to a quotation mark, "that", a verb of speech or another clause."""
    stop = _before_report(words, stop)
    first = max(0, stop - SUBJECT_REACH)
    for place in range(stop - 1, first - 1, -1):
        if _opens_subject(words, place, stop):
            first = place + 1
            break
    return trimmed(words, _past_introduction(words, first, stop), stop)


def _before_report(words: Words, stop: int) -> int:
    """`stop`, or where a report set off right before it begins: "any theft, | she said, would end it"."""
    if not stop or words[stop - 1].lower != ",":
        return stop
    comma = next((at for at in range(stop - 2, max(0, stop - REPORT_REACH), -1) if words[at].lower == ","), -1)
    told = comma > 0 and reporting(words, comma + 1, stop) == stop - 2 - comma
    return comma if told else stop


def _opens_subject(words: Words, place: int, stop: int) -> bool:
    word = words[place]
    if word.lower in (":", ";", "?", "!") or is_dash(word):
        return True
    if is_quote(word):
        return _is_open(words, place, stop)
    if word.kind is Kind.MARK:
        return word.lower == "," and _is_report_before(words, place)
    if word.lower in word_classes().speech and (word.is_finite or _has_said(words, place)):
        return True
    following = words[place + 1].kind if place + 1 < stop else None
    if word.lower == "that" and place > 0:
        lead = words[place - 2] if place > 1 else None
        opened = lead is None or lead.kind in (Kind.MARK, Kind.SUBORDINATOR, Kind.FINITE)
        deed = opened and words[place - 1].kind is Kind.ING
        if deed and following is Kind.NOUN and words[place - 1].lower not in word_classes().speech:
            return False  # "holding that vote would ..."
        return words[place - 1].lower in word_classes().speech or (
            words[place - 1].kind in (Kind.FINITE, Kind.BASE, Kind.ING) and following is not Kind.FINITE
        )
    much = word.lower == "so" and words[place + 1].lower in ("much", "many", "far")
    return word.lower in ("and", "but", "because", "so") and not much and has_finite(words, 0, place)


def _has_said(words: Words, place: int) -> bool:
    return place > 0 and words[place - 1].lower in ("has", "have", "had")


def _is_open(words: Words, place: int, stop: int) -> bool:
    """Whether a quotation mark opens a quotation that goes on past `stop`, not a quoted word within the subject."""
    return sum(is_quote(word) for word in words[place + 1 : stop]) % 2 == 0


def _is_report_before(words: Words, comma: int) -> bool:
    return any(word.lower in word_classes().speech and word.is_finite for word in words[max(0, comma - 6) : comma])


def _past_introduction(words: Words, first: int, stop: int) -> int:
    """Past "However," and "On Monday,": short introductions without a verb before the subject."""
    while first < stop and (
        (words[first].kind is Kind.ADVERB and words[first + 1].lower == ",")
        or words[first].kind is Kind.MARK
        or words[first].lower in ("and", "but", "so")
    ):
        first += 1
    if first < stop and (words[first].kind is Kind.PREPOSITION or words[first].lower == "according"):
        comma = next((place for place in range(first, min(stop, first + 8)) if words[place].lower == ","), -1)
        if comma > 0 and comma + 1 < stop:
            return comma + 1
    return first


def clause_before(words: Words, stop: int) -> Piece | None:
    """The main clause that ends at `stop`."""
    while stop > 0 and words[stop - 1].kind is Kind.MARK:
        stop -= 1
    if stop == 0:
        return None
    first = best("consequence_begin", consequence_begin_features(words, 0, stop))
    return trimmed(words, past_report(words, first, stop), stop)


def phrase_after(words: Words, first: int) -> Piece | None:
    """The noun phrase that begins at `first`: up to a mark that ends it, a report, or another clause."""
    last = text_end(words)
    for place in range(first, min(last, first + OBJECT_REACH)):
        if place > first and _ends_object(words, first, place, last):
            return trimmed(words, first, place)
    return trimmed(words, first, min(last, first + OBJECT_REACH))


def _ends_object(words: Words, first: int, place: int, last: int) -> bool:
    word = words[place]
    if word.lower in (";", "?", "!") or closes_quote(words, first, place) and _really_closes(words, place):
        return True
    if is_dash(word):
        return opening(words, place + 1, last).start >= Start.MODAL
    if word.lower in ("but", "because", "although", "while", "whereas"):
        return True
    if word.lower in ("and", "so"):
        return opening(words, place + 1, last).start >= Start.MODAL
    if word.lower != "," or place + 1 >= last:
        return False
    following = words[place + 1]
    if is_quote(following):
        following = words[min(place + 2, last - 1)]
    beyond = opening(words, place + 1, last).start
    if following.kind in (Kind.MODAL, Kind.AUXILIARY):
        return True
    told = opening(words, place + 1, last).verb
    return (
        bool(reporting(words, place + 1, last))
        or (told >= 0 and words[told].lower in word_classes().speech)  # ", the envoy said it would"
        or beyond >= Start.MODAL
        or following.lower in ("but", "adding", "saying")
    )


def _really_closes(words: Words, place: int) -> bool:
    """Whether a closing quotation mark ends the sentence part: it follows a comma or stop, or a report comes."""
    return place > 0 and (words[place - 1].kind is Kind.MARK or reporting(words, place + 1, len(words)) > 0)


def clause_after(words: Words, first: int) -> Piece | None:
    """The clause or noun phrase that follows a cue at `first`."""
    last = text_end(words)
    first = consequence_start(words, first, last)
    if first >= last:
        return None
    if opening(words, first, last).start is Start.NONE:
        return phrase_after(words, first)
    return trimmed(words, first, best("consequence_end", consequence_end_features(words, first, last)))
