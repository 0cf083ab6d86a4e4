"""From a cue to its condition and its consequence, within one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise

from onrecord.annotation.clauses import (
    Start,
    count_finite,
    has_finite,
    is_quote,
    joint_after,
    joint_before,
    opening,
    reporting,
)
from onrecord.annotation.conditions.cues import REMOTE, Cue
from onrecord.annotation.conditions.evidence import Evidence, no_evidence
from onrecord.annotation.conditions.ranking import (
    best,
    condition_end_features,
    consequence_begin_features,
    consequence_end_features,
    side_features,
    total,
)
from onrecord.annotation.words import Kind, Word, lemma, word_classes
from onrecord.lexicon.asking import asking_words, question_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import Form

Words = Sequence[Word]
Piece = tuple[int, int]  # word indices, end-exclusive

# How much the head's log odds count beside the fitted weights; chosen on documents that neither has learnt from.
CONDITION_VOICE = 0.25
CONSEQUENCE_VOICE = 0.1
SIDE_VOICE = 4.0
HEARD = 0.6  # probability of a word from which the head is sure enough to say where a condition ends
NEVER = -1e6  # log odds of what cannot be
REPORT_LEAD = 12  # words in which a report at the beginning of a clause has its verb
LONGEST_INSERTION = 12  # words of what is set off behind a cue
_SENTENCE_ENDS = frozenset(".!?…")


class Side(StrEnum):
    """Where the consequence stands, seen from the condition."""

    AFTER = "after"
    BEFORE = "before"
    AROUND = "around"
    ASKED = "asked"  # "what if ...?": nothing follows but the question


SIDES = (Side.AFTER, Side.BEFORE, Side.AROUND)


@dataclass(frozen=True, slots=True)
class Parts:
    """A cue with the pieces of its condition and consequence, as word indices of its sentence."""

    cue: Cue
    condition: Piece
    consequence: tuple[Piece, ...]
    side: Side


def find_parts(
    words: Words, cues: Sequence[Cue], number: int, evidence: Evidence | None = None, before: Parts | None = None
) -> Parts | None:
    """Condition and consequence of `cues[number]`; None if no clause follows the cue.

    before: the parts of the cue before, of which this one may be an alternative: "unless A and unless B, C".
    """
    first, last = _between_semicolons(words, cues[number])
    if first == 0 and last == len(words):
        return _find_parts(words, cues, number, evidence, before)
    near = [each for each in cues if first <= each.first < last]
    found = _find_parts(
        words[first:last],
        [_cue_moved(each, -first) for each in near],
        near.index(cues[number]),
        evidence.part(first, last) if evidence else None,
        _moved(before, -first) if before and before.cue in near else None,
    )
    return _moved(found, first) if found else None


def _between_semicolons(words: Words, cue: Cue) -> Piece:
    """The stretch around a cue that semicolons close off, where it holds a main clause too; else the whole sentence.

    "Stay if they call; | leave if they do not": what stands beyond has a thought of its own.
    """
    marks = [place for place, word in enumerate(words) if word.lower == ";"]
    first = max((place + 1 for place in marks if place < cue.first), default=0)
    last = min((place for place in marks if place > cue.last), default=len(words))
    if last < len(words) and words[last + 1 : last + 2] and words[last + 1].lower == "then":
        last = len(words)
    alone = first == 0 and last == len(words)
    return (0, len(words)) if alone or not _has_main(words, cue, first, last) else (first, last)


def _has_main(words: Words, cue: Cue, first: int, last: int) -> bool:
    """Whether a clause that can be a consequence stands beside the one of the cue."""
    opens = _past_marks(words, first, cue.first)
    if opens < cue.first and words[opens].lower in word_classes().base:
        return True  # a command: "wash, if you like"
    return has_finite(words, first, cue.first) or count_finite(words, cue.last, last) > 1


def _cue_moved(cue: Cue, by: int) -> Cue:
    return replace(cue, first=cue.first + by, last=cue.last + by)


def _moved(parts: Parts, by: int) -> Parts:
    """The parts counted from another word of the sentence."""
    first, last = parts.condition
    consequence = tuple((begin + by, end + by) for begin, end in parts.consequence)
    return replace(parts, cue=_cue_moved(parts.cue, by), condition=(first + by, last + by), consequence=consequence)


def _find_parts(
    words: Words, cues: Sequence[Cue], number: int, evidence: Evidence | None, before: Parts | None
) -> Parts | None:
    cue = replace(cues[number], last=_past_insertion(words, cues[number].last))
    last = text_end(words)
    if cue.last >= last:
        return None
    if _is_what_if(words, cue):
        return _what_if(words, cue, cues[number + 1 :], last)
    later = cues[number + 1 :]
    head = evidence or no_evidence(words)
    ahead = _before_next_cue(words, cue, later, _end(words, cue, last, Side.AFTER, head))
    side = _side(words, cue, last, ahead, head)
    if (
        before
        and before.side is Side.AFTER
        and not before.consequence
        and _meets_cue(words, before.cue, before.condition[1], cues[number:])
    ):
        side = Side.AFTER
    if side is Side.AFTER and _meets_cue(words, cue, ahead, later) and has_finite(words, 0, cue.first):
        side = Side.BEFORE  # "we leave if they come or if they call"
    end = ahead if side is not Side.BEFORE else _before_teller(words, cue, _end(words, cue, last, side, head))
    end = _within_aside(words, cue, _before_next_cue(words, cue, later, end))
    condition = trimmed(words, cue.last, end)
    if condition is None:
        return None
    consequence = (
        ()
        if side is Side.AFTER and _meets_cue(words, cue, end, later)
        else _consequence(words, cue, end, last, side, head)
    )
    return Parts(cue, condition, consequence, side)


def _is_teller(word: Word) -> bool:
    return word.lower in word_classes().speech


def _before_teller(words: Words, cue: Cue, end: int) -> int:
    """`end`, or where the clause of a report in -ing goes on: "warning that A if B, | the workers marched"."""
    if words[0].kind is not Kind.ING or not _is_teller(words[0]):
        return end
    commas = (at for at in range(cue.last + 2, end - 1) if words[at].lower == ",")
    return next((at for at in commas if has_finite(words, at + 1, end)), end)


def _within_aside(words: Words, cue: Cue, end: int) -> int:
    """`end`, or where the aside closes in which a cue stands: "the union, which promised talks if they came, | met"."""
    opens = next((at for at in range(cue.first - 1, 0, -1) if words[at].lower == ","), -1)
    if opens < 0 or words[opens + 1].lower not in ("which", "who"):
        return end
    return next((at for at in range(cue.last + 1, end) if words[at].lower == ","), end)


def _meets_cue(words: Words, cue: Cue, end: int, later: Sequence[Cue]) -> bool:
    """Whether an alternative follows: the same kind of cue behind nothing but marks, "and", "or" and "even"."""
    if not later or later[0].rule.form is not cue.rule.form or later[0].concessive is not cue.concessive:
        return False
    between = words[end : later[0].first]
    return len(between) < 4 and all(word.kind is Kind.MARK or word.lower in ("and", "or", "even") for word in between)


def _past_insertion(words: Words, first: int) -> int:
    """Past a phrase set off right behind the cue: "if, for example, they", "unless, of course, they"."""
    start = first + 1 if first < len(words) and words[first].lower == "," else first
    if start > first:  # "if, as the staff believes, they": whatever stands between two commas there is set off
        for place in range(start + 1, min(len(words), start + LONGEST_INSERTION)):
            if words[place].lower == ",":
                return place + 1
    for phrase in _INSERTIONS:
        end = start + len(phrase)
        if tuple(word.lower for word in words[start:end]) == phrase and end < len(words) and words[end].lower == ",":
            return end + 1
    return first


_INSERTIONS = tuple(
    tuple(phrase.split())
    for phrase in (
        "of course",
        "for example",
        "for instance",
        "say",
        "however",
        "indeed",
        "in fact",
        "god forbid",
        "perhaps",
    )
)


def _is_what_if(words: Words, cue: Cue) -> bool:
    return cue.first > 0 and words[cue.first - 1].lower == "what" and cue.rule.words == ("if",)


def _what_if(words: Words, cue: Cue, later: Sequence[Cue], last: int) -> Parts | None:
    stop = next((index for index in range(cue.last, last) if words[index].lower in ("?", ".", ";")), last)
    condition = trimmed(words, cue.last, _before_next_cue(words, cue, later, stop))
    return Parts(cue, condition, ((cue.first - 1, cue.first),), Side.ASKED) if condition else None


def text_end(words: Words) -> int:
    """The end of the sentence without its closing marks."""
    last = len(words)
    while last > 0 and (words[last - 1].lower in _SENTENCE_ENDS or is_quote(words[last - 1])):
        last -= 1
    return last


def end_label(cue: Cue, side: Side) -> str:
    """The name under which the ends of such a condition are weighed."""
    place = Side.BEFORE if side is Side.BEFORE else Side.AFTER  # a main clause that is split goes on behind
    return f"{place.value} phrase" if cue.rule.phrase else place.value


def _end(words: Words, cue: Cue, last: int, side: Side, head: Evidence) -> int:
    turned = max(_turned(words, cue, last), _short(words, cue.last, last)) if side is Side.AFTER else -1
    if turned > 0:
        return turned
    sums = head.of_condition(cue.last, last)
    weight = CONDITION_VOICE * _heard(head, cue.last, last)

    def voice(place: int) -> float:
        if side is Side.BEFORE and (_cuts_object(words, place) or _cuts_verb(words, cue, place)):
            return NEVER
        if _cuts_phrase(words, place, side) or _is_unfinished(words, cue, place, last):
            return NEVER
        return 0.0 if head.silent else weight * sums[place - cue.last]

    end = best("condition_end", condition_end_features(words, cue.last, last, end_label(cue, side)), voice)
    may_be_phrase = cue.rule.phrase or cue.rule.form is Form.AFTER
    return _before_subject(words, cue.last, end, last) if may_be_phrase else end


def _cuts_object(words: Words, place: int) -> bool:
    """Whether a noun or what leads to it would be cut off, with no mark between: "unless it pays | an overdue bill"."""
    return place < len(words) and words[place].kind in _NOMINAL and words[place - 1].kind is not Kind.MARK


_NOMINAL = frozenset({Kind.DETERMINER, Kind.NOUN, Kind.NUMBER})


_PHRASES = frozenset({Kind.PREPOSITION, Kind.ING, Kind.ADVERB})


def _cuts_phrase(words: Words, place: int, side: Side) -> bool:
    """Whether what belongs to the word before would be cut off: "a debt | of millions", "start | filling the dam"."""
    if place >= len(words) or words[place - 1].kind is Kind.MARK:
        return False
    return words[place].lower == "of" or (side is Side.BEFORE and words[place].kind in _PHRASES)


_LEADING = frozenset(
    ["that", "what", "how", "whether", "of", "the", "a", "an", "than", "mr", "mrs", "ms", "dr"]
) | frozenset(["his", "its", "their", "our"])
_ASKED = frozenset({"that", "what", "how", "why", "where", "who", "whether"})
_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_KNOWING = frozenset({"know", "realize", "realise", "think", "believe", "learn"})


def _is_unfinished(words: Words, cue: Cue, place: int, last: int) -> bool:
    """Whether a condition that ends at `place` would break off: "if they knew that | ...", "if he said | they ..."."""
    if place >= last:
        return False
    before, behind = words[place - 1], words[place]
    ended = behind.kind is Kind.MARK or behind.lower == "then"
    if before.lower in _LEADING and not (before.lower == "that" and (ended or before.kind is not Kind.SUBORDINATOR)):
        return True
    opens = before.lower in word_classes().speech or lemma(before.lower) in _KNOWING
    told = opens and (before.is_finite or before.kind is Kind.PARTICIPLE) and words[place - 2].lower not in _PASSIVE
    if told and not ended:
        return behind.lower in _ASKED or opening(words, place, last).start is Start.PRONOUN
    return behind.lower == "as" and any(word.lower in ("as", "so") for word in words[max(cue.last, place - 4) : place])


def _heard(head: Evidence, first: int, last: int) -> float:
    """How much the head counts, 0..1: in full only where it is sure of some word of the condition."""
    return min(1.0, max(head.condition[first:last], default=0.0) / HEARD)


def _cuts_verb(words: Words, cue: Cue, place: int) -> bool:
    """Whether a clause would lose its verb, which stands right there: "unless its neighbour | pays"."""
    clause = not cue.rule.phrase and cue.rule.form is not Form.AFTER
    return clause and place < len(words) and words[place].is_finite and not has_finite(words, cue.last, place)


_STANDING_FOR = frozenset({"did", "do", "does", "didn't", "don't", "doesn't", "were", "weren't", "had", "hadn't"})


def _short(words: Words, first: int, last: int) -> int:
    """Where a clause of a pronoun and an auxiliary ends, with another behind: "if they did | we'd know"; -1 if none."""
    if first + 3 >= last or words[first].kind is not Kind.SUBJECT or words[first + 1].lower not in _STANDING_FOR:
        return -1
    return first + 2 if opening(words, first + 2, last).start is Start.PRONOUN else -1


def _turned(words: Words, cue: Cue, last: int) -> int:
    """Where "only when they leave | will we talk" turns its auxiliary round; -1 if it does not."""
    if cue.rule.form is not Form.ONLY_IF:
        return -1
    for place in range(cue.last + 2, last - 1):
        if words[place].kind is Kind.MARK:
            break
        if words[place].kind is Kind.MODAL and words[place + 1].kind in (Kind.SUBJECT, Kind.DETERMINER):
            return place
    return -1


_OWNERS = frozenset({"the", "his", "her", "its", "their", "our", "my", "no"})


def _before_subject(words: Words, first: int, end: int, last: int) -> int:
    """`end`, or where a clause follows the noun: "without guarantees | there can be no pact"."""
    if end < last and words[end - 1].lower == "like" and words[end].lower in ("that", "this"):
        return end + 1  # "after a vote like that | his party goes"
    for place in range(first + 1, min(end, last)):
        if words[place].is_finite:
            break
        ends = words[place - 1].kind in (Kind.NOUN, Kind.ING) or words[place - 1].lower in ("that", "this")
        if not ends:
            continue
        pronoun = words[place].kind is Kind.SUBJECT and words[place].lower not in ("who", "which", "that")
        if pronoun and opening(words, place, last).start is Start.PRONOUN:
            return place
        owned = words[place].lower in _OWNERS
        if owned and first < place and opening(words, place, last).start in (Start.MODAL, Start.NOUN):
            return place
    return end


def _side(words: Words, cue: Cue, last: int, ahead: int, head: Evidence) -> Side:
    features = side_features(words, cue.first, cue.last, last, ahead)
    left = joint_before(words, cue.first, 0)
    rest = joint_after(words, ahead + 1, last) if ahead < last and words[ahead].lower == "," else ""
    if left == "comma" and rest == "verb" and not has_finite(words, 0, cue.first):
        return Side.AROUND  # "the fleet, if attacked, will return fire"
    if left == "comma" and cue.first > 1 and ahead + 1 < last and _waits(words, cue.first - 2, ahead + 1):
        return Side.AROUND  # "the fleet will, if attacked, return fire"
    if _is_teller(words[0]) and words[0].kind is Kind.ING and has_finite(words, 0, cue.first):
        return Side.BEFORE  # "warning that they would march if he was not freed, the workers left"
    sums = {side: total("side", (f"{side.value}: {feature}" for feature in features)) for side in SIDES}
    if not head.silent:
        before, after = sum(head.consequence[: cue.first]), sum(head.consequence[ahead:last])
        lean = SIDE_VOICE * (before - after) / (before + after + 1)
        sums[Side.BEFORE] += lean
        sums[Side.AFTER] -= lean
    side = max(sums, key=lambda each: sums[each])
    return Side.BEFORE if side is Side.AFTER and _has_main_only_before(words, cue, ahead, last) else side


_CLAUSELESS = frozenset({"then", "so", "no", "not"})  # what may open a main clause without a verb


def _has_main_only_before(words: Words, cue: Cue, ahead: int, last: int) -> bool:
    """Whether no clause follows, and what would be stands before: "it would help if they had old, | dry wood"."""
    rest = _past_marks(words, ahead, last)
    if cue.first and words[cue.first - 1].kind is Kind.MARK:
        return False  # what is set off may stand anywhere: "would make it, if it came, a joy"
    if rest in (ahead, last) or has_finite(words, rest, last) or words[rest].lower in _CLAUSELESS:
        return False
    commanded = any(each.kind is Kind.BASE for each in words[rest : rest + 3])
    if commanded or opening(words, rest, last).start is not Start.NONE:
        return False
    lead = before_stop(words, cue)
    reported = lead > 0 and (_is_teller(words[lead - 1]) or words[lead - 1].lower == "that")
    return not reported and any(word.lower in REMOTE for word in words[:lead])


def _waits(words: Words, verb: int, rest: int) -> bool:
    """Whether the auxiliary at `verb` has its verb only at `rest`, behind what is set off."""
    auxiliary = words[verb].kind in (Kind.MODAL, Kind.AUXILIARY) or words[verb].lower in ("to", "not", "also")
    follows = words[rest].kind in (Kind.BASE, Kind.PARTICIPLE) or words[rest].lower in word_classes().base
    return auxiliary and (follows or words[rest].lower in ("be", "have", "not"))


def _before_next_cue(words: Words, cue: Cue, later: Sequence[Cue], end: int) -> int:
    """`end`, or the next cue where that opens an alternative ("if they come or if they call") and does not nest."""
    for other in later:
        before = words[other.first - 1]
        if other.first < end and before.lower in (",", "or", "and", ";") and has_finite(words, cue.last, other.first):
            return other.first - (before.lower in ("or", "and"))
    return end


_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»", '"': '"'}
_LOOSE_ENDS = frozenset({"and", "or", "but"})


def trimmed(words: Words, first: int, last: int) -> Piece | None:
    """The stretch without marks and lone coordinators at its ends; None if nothing is left.

    A bracket or quotation mark stays where its partner stands inside.
    """
    while first < last and words[first].kind is Kind.MARK and not _is_paired(words, first, last):
        first += 1
    while last > first and (words[last - 1].kind is Kind.MARK or words[last - 1].lower in _LOOSE_ENDS):
        last -= 1
    if first >= last:
        return None
    while last < len(words) and _closes_inside(words, first, last):
        last += 1
    if last + 1 < len(words) and words[last].lower in (",", ".") and _closes_inside(words, first, last + 1):
        last += 2  # 'and "the fate of the port,"': the comma stands inside the marks
    return first, last


def _is_paired(words: Words, first: int, last: int) -> bool:
    closer = _PAIRS.get(words[first].lower)
    ending = last - 1 if words[last - 1].lower == closer else last  # a quotation as a whole is unwrapped
    return closer is not None and any(word.lower == closer for word in words[first + 1 : ending])


def _closes_inside(words: Words, first: int, last: int) -> bool:
    """Whether the mark at `last` closes a bracket or quotation that was opened in `[first, last)`."""
    openers = [opener for opener, closer in _PAIRS.items() if closer == words[last].lower]
    if not openers:
        return False
    stretch = [word.lower for word in words[first:last]]
    if words[last].lower == '"':
        return stretch.count('"') % 2 == 1
    return stretch.count(openers[0]) > stretch.count(words[last].lower)


def _consequence(words: Words, cue: Cue, end: int, last: int, side: Side, head: Evidence) -> tuple[Piece, ...]:
    after = _after(words, cue, end, last, head) if side is not Side.BEFORE else None
    before = _before(words, cue, head) if side is not Side.AFTER else None
    return tuple(piece for piece in (before, after) if piece is not None)


def consequence_start(words: Words, end: int, last: int) -> int:
    """Where the main clause behind a condition begins: past marks, "then" and an inserted ", he said,"."""
    first = _past_marks(words, end, last)
    skipped = 0 if _undertakes(words, first, last) else reporting(words, first, last)
    if skipped and joint_after(words, first, last) == "report":
        first = _past_marks(words, first + skipped, last)
    return first + 1 if first < last and words[first].lower == "then" else first


def _undertakes(words: Words, first: int, last: int) -> bool:
    """Whether the clause tells what somebody undertakes: "Kelmark threatens to cut off oil" tells more than who."""
    verbs = (place for place in range(first, min(last, first + REPORT_LEAD)) if words[place].is_finite)
    verb = next((place for place in verbs if words[place].lower not in _PERFECT), last)
    if verb >= last - 1 or lemma(words[verb].lower) not in _undertaking():
        return False
    return words[verb + 1].lower == "to" or undertaken(words, verb, last) is not None


GOES_ON = 5  # words behind "but" in which a clause that goes on in the same mood has its verb


@cache
def _turns() -> Mapping[str, bool]:
    """Words at which a main clause turns to something else, and whether only behind a comma."""
    listed = load_lexicon("conditions")["turns"]
    return {each["word"]: bool(each.get("after_comma")) for each in listed}


def _before_turn(words: Words, first: int, stop: int) -> int:
    """`stop`, or where the clause turns to something else before: ", but ...", "because ..."."""
    for place in range(first + 2, stop):
        word = words[place].lower
        turns = word in _turns() and (not _turns()[word] or words[place - 1].lower == ",")
        goes_on = word == "but" and _has_remote(words[place : place + GOES_ON])
        if turns and not goes_on and has_finite(words, first, place):
            return place - (words[place - 1].lower == "even")
    return stop


def _after(words: Words, cue: Cue, end: int, last: int, head: Evidence) -> Piece | None:
    first = consequence_start(words, end, last)
    if first >= last or cue.rule.weak and first == end and words[first].lower in _RELATIVES:
        return None  # "hours after they published rules | that would": of the rules, not of the hour
    last = _before_closing_quote(words, cue, first, last)
    sums = head.of_consequence(first, last)
    stop = best(
        "consequence_end",
        consequence_end_features(words, first, last),
        lambda place: 0.0 if head.silent else CONSEQUENCE_VOICE * sums[place - first],
    )
    return trimmed(words, past_report(words, first, stop), _before_turn(words, first, stop))


def _before_closing_quote(words: Words, cue: Cue, first: int, last: int) -> int:
    """`last`, or where the quotation ends in which cue and main clause stand: what follows is not said there."""
    opened, since = (
        sum(is_quote(word) for word in stretch) for stretch in (words[: cue.first], words[cue.first : first])
    )
    if opened % 2 == 0 or since % 2:
        return last
    return next((place for place in range(first + 1, last) if is_quote(words[place])), last)


def is_asked(words: Words, first: int) -> bool:
    """Whether the clause at `first` is the question of "asked what they would do"."""
    asking = any(word.lower in asking_words() for word in words[max(0, first - REPORT_LEAD) : first])
    return asking and words[first].lower in question_words()


def _past_marks(words: Words, first: int, last: int) -> int:
    while first < last and words[first].kind is Kind.MARK:
        first += 1
    return first


def before_stop(words: Words, cue: Cue) -> int:
    """Where the text before a cue ends, without "even", "only", "especially" and marks."""
    stop = cue.first
    while stop > 0 and (
        words[stop - 1].lower in ("even", "only", "especially", "particularly") or words[stop - 1].kind is Kind.MARK
    ):
        stop -= 1
    return stop


def _before(words: Words, cue: Cue, head: Evidence) -> Piece | None:
    stop = before_stop(words, cue)
    if stop == 0:
        return None
    sums = head.of_consequence(0, stop)

    relative = _relative_begin(words, stop)

    def voice(place: int) -> float:
        if place >= relative or _cuts_noun(words, place):
            return NEVER
        return 0.0 if head.silent else CONSEQUENCE_VOICE * (sums[stop] - sums[place])

    first = best("consequence_begin", consequence_begin_features(words, 0, stop), voice)
    first = past_report(words, first, stop)
    if first and words[first - 1].lower in word_classes().speech:
        first = past_day(words, first, stop)
    return trimmed(words, _from_aside(words, _from_same_mood(words, first, stop), stop), stop)


def _cuts_noun(words: Words, place: int) -> bool:
    """Whether a noun would be cut off from what describes it: "Peru's main opposition | party will stay away"."""
    if place == 0 or words[place].kind is not Kind.NOUN or words[place].capital:
        return False
    before = words[place - 1]
    return before.kind is Kind.NOUN and not before.capital and before.lower not in _SPANS


_SPANS = frozenset({"day", "week", "month", "year", "morning", "evening", "night", "yesterday", "today", "tomorrow"})
_RELATIVES = frozenset({"that", "which", "who"})
_CLAUSE_ENDS = frozenset({",", ";", ":", "but", "and"})


def _relative_begin(words: Words, stop: int) -> int:
    """`stop`, or where what is announced turns to describing a noun: "it closes a line | that links them"."""
    for place in range(stop - 1, 1, -1):
        if words[place].kind is Kind.MODAL or words[place].lower in _CLAUSE_ENDS:
            break
        if words[place].lower in _RELATIVES and words[place - 1].kind is Kind.NOUN:
            begin = next((at + 1 for at in range(place - 1, -1, -1) if words[at].lower in _CLAUSE_ENDS), 0)
            return place if _announces(words[begin:place]) else stop
    return stop


def _announces(words: Words) -> bool:
    return any(word.kind is Kind.MODAL for word in words)


def _from_aside(words: Words, first: int, stop: int) -> int:
    """`first`, or where a clause set off behind a fact begins that alone would be: "it falls, | which it would not"."""
    for place in range(stop - 1, first + 1, -1):
        if words[place].lower == ",":
            break
        if words[place - 1].lower == "," and words[place].lower in ("which", "as"):
            fact = has_finite(words, first, place - 1) and not _has_remote(words[first : place - 1])
            aside = fact and _has_remote(words[place + 1 : stop])
            return place + (words[place].lower == "as") if aside else first
    return first


def _has_remote(words: Words) -> bool:
    return any(_is_remote(word) for word in words)


def _is_remote(word: Word) -> bool:
    return word.lower.removesuffix("'ve") in REMOTE or word.lower.endswith("'d")


@cache
def _undertaking() -> Mapping[str, tuple[str, bool]]:
    """Verbs of undertaking: the word before the thing where somebody stands between; whether somebody always does."""
    listed = load_lexicon("conditions")["undertaking"]
    return {each["verb"]: (each.get("object", ""), bool(each.get("told"))) for each in listed}


OBJECT_REACH = 5  # words in which whoever is threatened or warned is named: "warned the islands' government of war"


def undertaken(words: Words, verb: int, last: int) -> int | None:
    """Where the thing begins that a verb undertakes: "promised | a tariff", "warned of | war"; else None."""
    rule = _undertaking().get(lemma(words[verb].lower))
    if rule is None:
        return None
    leads, told = rule
    for place in range(verb + 1, min(last - 1, verb + OBJECT_REACH + 1)):
        if words[place].is_finite or words[place].kind in (Kind.MARK, Kind.BASE):
            break
        if words[place].lower == leads and (told or _names_somebody(words[verb + 1 : place])):
            return place + 1
    behind = words[verb + 1 : last]
    says = any(one.kind is Kind.SUBJECT and other.is_finite for one, other in pairwise(behind))
    if told or says or not behind or behind[0].kind not in _NOMINAL:
        return None  # "promised voters that he would resign"
    return verb + 1


def is_undertaken(words: Words, first: int) -> bool:
    """Whether what begins at `first` is what somebody undertakes to do: "vowed to | shut the gate"."""
    verb = first - 2 if first > 1 and words[first - 1].lower == "to" else first - 1
    return verb >= 0 and words[verb + 1].lower == "to" and lemma(words[verb].lower) in _undertaking()


def _names_somebody(words: Words) -> bool:
    """Whether words name whom a verb is about ("them", "the islands", "Kestria"), not a thing ("retaliation")."""
    return bool(words) and (words[0].lower in _SOMEBODY or words[-1].capital)


_SOMEBODY = frozenset({"them", "him", "her", "us", "me", "you", "it", "the", "its", "their", "his", "our"})


def _from_same_mood(words: Words, first: int, stop: int) -> int:
    """`first`, or where the last of several clauses begins that alone speaks of what would be.

    "Sales fell, but | would have risen" had it not been for the strike: what is a fact depends on nothing.
    """
    for place in range(stop - 2, first + 1, -1):
        if words[place - 1].lower not in ("but", "and"):
            continue
        if lemma(words[place].lower) in _undertaking() and words[place + 1].lower == "to":
            return place  # "blocked the road and | refused to leave" until they are heard
        later = opening(words, place, stop)
        verb = place if words[place].kind is Kind.MODAL else later.verb
        opens = words[place].kind in (Kind.MODAL, Kind.SUBJECT, Kind.DETERMINER) or words[place].capital
        if opens and 0 <= verb < stop and _is_remote(words[verb]):
            lead = words[first : place - 1]
            fact = any(word.is_finite for word in lead) and not _has_remote(lead)
            return place if fact else first
    return first


def past_report(words: Words, first: int, last: int) -> int:
    """Past "the envoy says (that)" and "asked by reporters what" at the beginning of a clause."""
    if words[first].kind is Kind.ING and _is_teller(words[first]) and has_finite(words, first + 1, last):
        return first + 1 + (words[first + 1].lower == "that")  # "was quoted as | saying | it would close"
    for place in range(first, min(last, first + REPORT_LEAD)):
        word = words[place]
        if word.lower in asking_words():
            return next((at for at in range(place, last) if words[at].lower in question_words()), first)
        before = words[place - 1].lower if place > first else ""
        perfect, going = before in _PERFECT, before in _BEING and word.kind is Kind.ING
        says = word.lower in word_classes().speech or lemma(word.lower) in _undertaking()
        if place > first and says and (word.is_finite or perfect or going):
            thing = undertaken(words, place, last)
            if thing is not None:
                return thing
            if place + 2 < last and words[place + 1].lower == "to" and words[place + 2].kind is Kind.BASE:
                return place + 1 if perfect else place + 2  # "has vowed | to stay", "agreed to | release the loan"
            own = words[place - 1 - perfect].lower in ("i", "we")  # "I think it would": the speaker's own words
            begin = past_day(words, place + 1, last)
            begin += begin < last and words[begin].lower == "that"
            return begin if not own and has_finite(words, begin, last) else first
        ends = word.is_finite and word.lower not in _PERFECT | _BEING
        mark = word.kind is Kind.MARK and not is_quote(word) and word.lower not in _APOSTROPHES
        aside = word.lower == "," and place + 1 < last and words[place + 1].lower in ("which", "who")
        if (mark and not aside) or ends:  # "the company, which had threatened to | dismiss them"
            break
    return first


def past_day(words: Words, first: int, last: int) -> int:
    """Past the day on which somebody said it: "said | on Thursday (that) they would let convoys through"."""
    day = next((at for at in range(first, min(last, first + 3)) if words[at].lower.endswith("day")), -1)
    led = day >= 0 and all(word.lower in _BEFORE_DAY for word in words[first:day])
    if not led or not (words[day].capital or words[day].lower in ("yesterday", "today")):
        return first
    return day + 1 + (day + 1 < last and words[day + 1].lower in _TIMES_OF_DAY)


_BEFORE_DAY = frozenset({"on", "late", "early", "last"})
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})


_APOSTROPHES = frozenset({"'", "’"})  # "the dockers' federation"


_PERFECT = frozenset({"has", "have", "had"})
_BEING = frozenset({"is", "are", "was", "were"})


def without_reports(words: Words, piece: Piece) -> list[Piece]:
    """The piece without reporting clauses set off inside it or at its end (", he said,")."""
    first, last = piece
    kept: list[Piece] = []
    index = first
    while index < last:
        size = _inserted_report(words, index, last)
        if size:
            kept.append((first, index))
            first = index = index + size
        index += 1
    pieces = [found for each in (*kept, (first, last)) if (found := trimmed(words, *each))]
    return pieces or [piece]


def _inserted_report(words: Words, index: int, last: int) -> int:
    """How many words, its commas included, a reporting clause has that is set off at `index`; 0 if there is none."""
    if words[index].lower != "," or index + 1 >= last:
        return 0
    size = reporting(words, index + 1, len(words))
    end = index + 1 + size
    closed = size and (end >= last or words[end].kind is Kind.MARK)
    return min(size + 1, last - index) if closed else 0
