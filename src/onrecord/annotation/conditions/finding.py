"""The stage: sentences in, conditions out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.annotation.clauses import has_finite, is_quote
from onrecord.annotation.conditions.answers import give_to_answerer
from onrecord.annotation.conditions.beyond import Apart, find_apart, find_beyond, find_further
from onrecord.annotation.conditions.contrary import find_contrary, may_be_contrary
from onrecord.annotation.conditions.cues import Cue, cue_pattern, find_cues, plain_ing
from onrecord.annotation.conditions.demands import find_demands, may_hold_demand
from onrecord.annotation.conditions.drawn import Drawn, find_drawn, is_drawn
from onrecord.annotation.conditions.evidence import Evidence, read_evidence
from onrecord.annotation.conditions.frames import Frame, find_frames
from onrecord.annotation.conditions.holders import Holders
from onrecord.annotation.conditions.nominal import find_nominals, joining_rules, may_hold_nominal
from onrecord.annotation.conditions.parts import (
    Parts,
    Piece,
    Side,
    find_parts,
    is_asked,
    is_undertaken,
    without_reports,
)
from onrecord.annotation.conditions.realis import find_realis, has_remote_perfect, is_met
from onrecord.annotation.conditions.scoring import scored
from onrecord.annotation.words import Kind, Word, lemma, read_words, word_classes
from onrecord.lexicon.patterns import small_letters
from onrecord.records.documents import Document
from onrecord.records.findings import DRAWN, Attribution, Condition, Directness, Form, Operator, Realis
from onrecord.records.scores import WordScores
from onrecord.records.spans import Span, Spans, overlaps
from onrecord.settings import Settings

Words = Sequence[Word]

CONCESSIVE_LOSS = 0.1  # "even if" says less surely that the condition matters

_FUTURE = frozenset(
    {
        "will",
        "won't",
        "would",
        "wouldn't",
        "shall",
        "can",
        "can't",
        "cannot",
        "could",
        "couldn't",
        "may",
        "must",
        "mustn't",
        "might",
        "should",
        "shouldn't",
    }
)
_NEGATIVE = frozenset(
    {
        "not",
        "n't",
        "no",
        "never",
        "nothing",
        "nobody",
        "none",
        "impossible",
        "won't",
        "can't",
        "cannot",
        "wouldn't",
        "couldn't",
        "mustn't",
        "shouldn't",
        "refuse",
        "refuses",
        "refused",
        "neither",
        "nor",
        "unthinkable",
        "without",
        "don't",
        "doesn't",
        "isn't",
        "aren't",
    }
)


def find_conditions(
    document: Document,
    sentences: tuple[Span, ...],
    scores: WordScores,
    attributions: tuple[Attribution, ...],
    settings: Settings,
) -> tuple[Condition, ...]:
    """The conditions of a document in reading order, ids "c1", "c2", ...

    Each rule's name is the condition's `produced_by`; conditions of rules below `settings.condition_threshold` are left
    out. The score of the others is the share of such conditions that were right, where that was counted.
    """
    text = document.text
    holders = Holders(attributions)
    found = [
        condition
        for number in range(len(sentences))
        for condition in _around(text, sentences, number, holders, scores)
        if condition.score >= settings.condition_threshold
    ]
    found += [_framed(frame, holders) for frame in find_frames(text, sentences)]
    found = [_with_reading(condition, scores) for condition in found]
    found += list(_drawn(text, sentences, scores, found, holders))
    found = list(give_to_answerer(text, found, attributions))
    found.sort(key=lambda condition: (condition.condition[0][0], condition.cue))
    return tuple(replace(scored(condition), id=f"c{number}") for number, condition in enumerate(_distinct(found), 1))


def _distinct(found: Sequence[Condition]) -> Iterator[Condition]:
    """Without conditions whose words another, surer one already has."""
    kept: list[Condition] = []
    for condition in found:
        twin = next((each for each in reversed(kept[-4:]) if _shares(each, condition)), None)
        if twin is None:
            kept.append(condition)
        elif condition.score > twin.score:
            kept[kept.index(twin)] = condition
    return iter(kept)


def _shares(one: Condition, other: Condition) -> bool:
    return any(overlaps(mine, theirs) for mine in one.condition[0] for theirs in other.condition[0])


def _around(
    text: str, sentences: Sequence[Span], number: int, holders: Holders, scores: WordScores
) -> Iterator[Condition]:
    """The conditions of one sentence, with what the sentences beside it hold of them."""
    for condition in _in_sentence(text, sentences[number], holders, scores):
        further = find_further(text, sentences, number, condition)
        if further is not None:
            yield replace(condition, consequence=(*condition.consequence, further))
        else:
            yield condition if condition.consequence else _completed(text, sentences, number, condition, holders)
    apart = find_apart(text, sentences, number)
    if apart is not None:
        yield _demand_before(apart, holders)


def _completed(text: str, sentences: Sequence[Span], number: int, condition: Condition, holders: Holders) -> Condition:
    """The condition with a consequence that stands beside it, if one does."""
    consequence = find_beyond(text, sentences, number, condition)
    if consequence is None:
        return condition
    attribution = holders.innermost(condition.condition[0], (consequence,))
    held = attribution.id if attribution and condition.attribution is None else condition.attribution
    return replace(condition, consequence=(consequence,), attribution=held)


def _demand_before(apart: Apart, holders: Holders) -> Condition:
    attribution = holders.innermost((apart.condition,), (apart.consequence,))
    return Condition(
        id="",
        attribution=attribution.id if attribution else None,
        form=Form.NONE,
        cue=(apart.cue,),
        condition=((apart.condition,),),
        operator=Operator.AND,
        consequence=(apart.consequence,),
        realis=Realis.OPEN,
        score=apart.score,
        produced_by="otherwise:next_sentence" if apart.negated else "only_then:next_sentence",
        negated=apart.negated,
        flags=("demand",) if apart.negated else ("precondition",),
    )


def _in_sentence(text: str, sentence: Span, holders: Holders, scores: WordScores) -> Iterator[Condition]:
    words: Words = ()
    clausal: list[Condition] = []
    if cue_pattern().search(small_letters(text), *sentence) is not None:
        words = read_words(text, sentence)
        clausal = list(_clausal(words, holders, read_evidence(words, scores)))
    elif may_be_contrary(text, sentence):
        words = read_words(text, sentence)
    joined: list[Condition] = []
    if may_hold_nominal(text, sentence):
        words = words or read_words(text, sentence)
        clausal, joined = _joined(clausal, list(_nominal(text, sentence, words, clausal, holders)))
    yield from (*clausal, *joined)
    if words and scores.words and may_be_contrary(text, sentence):
        yield from _contrary(words, read_evidence(words, scores), clausal, holders)
    if not clausal and may_hold_demand(text, sentence):
        yield from _demanded(words or read_words(text, sentence), holders)


def _joined(clausal: Sequence[Condition], nominal: Sequence[Condition]) -> tuple[list[Condition], list[Condition]]:
    """Two conditions of one consequence are one joined by "and", where the nominal one's rule says so."""
    joined: list[Condition] = []
    rest = list(clausal)
    for each in nominal:
        other = next(
            (one for one in rest if each.produced_by in joining_rules() and _share_consequence(one, each)), None
        )
        if other is None:
            joined.append(each)
            continue
        rest.remove(other)
        both = (*each.condition, *other.condition)
        start = each.consequence[0].start  # what stands before it is the other condition and its cue
        then = tuple(Span(max(start, span.start), span.end) for span in other.consequence if span.end > start)
        joined.append(replace(other, condition=both, cue=(*each.cue, *other.cue), consequence=then))
    return rest, joined


def _share_consequence(one: Condition, other: Condition) -> bool:
    return any(overlaps(mine, theirs) for mine in one.consequence for theirs in other.consequence)


def _clausal(words: Words, holders: Holders, head: Evidence) -> Iterator[Condition]:
    """Conditions that a cue word opens."""
    cues = find_cues(words)
    parts: list[Parts] = []
    for number in range(len(cues)):
        found = find_parts(words, cues, number, head, parts[-1] if parts else None)
        parts += [found] if found else []
    for group, operator in _grouped(words, parts):
        condition = _condition(words, group, operator, holders)
        stated = _is_statement(words) or holders.holds(condition.condition[0], condition.consequence)
        if _is_condition(words, group[-1], stated=stated):
            yield condition


def _nominal(
    text: str, sentence: Span, words: Words, clausal: Sequence[Condition], holders: Holders
) -> Iterator[Condition]:
    for found in find_nominals(text, sentence, words):
        rule = found.rule
        condition: Spans = (_span(words, found.condition),)
        consequence = _spans(words, found.consequence)
        taken_up = (
            "antecedent" in found.flags
        )  # "a meeting, but said that it would hinge on the vote": not in those words
        attribution = holders.innermost(condition, (found.cue,) if taken_up else consequence or (found.cue,))
        taken = any(_touches(each, (*condition, found.cue), consequence=not rule.joins) for each in clausal)
        if taken or (rule.stated and attribution is None and not _is_statement(words)):
            continue
        condition = _within(condition, attribution)  # "any bill that cuts it | , according to her office"
        consequence = consequence if taken_up else _within(consequence, attribution)
        if rule.spoken and not (_is_quoted(attribution) or is_quote(words[0])):
            continue
        yield Condition(
            id="",
            attribution=attribution.id if attribution else None,
            form=rule.form,
            cue=(found.cue,),
            condition=(condition,),
            operator=Operator.AND,
            consequence=consequence,
            realis=rule.realis,
            score=rule.score,
            produced_by=rule.name,
            flags=found.flags,
        )


def _is_quoted(attribution: Attribution | None) -> bool:
    return attribution is not None and attribution.directness is not Directness.INDIRECT


def _within(part: Spans, attribution: Attribution | None) -> Spans:
    """A condition or consequence up to the end of the words it stands in: what follows is who said them."""
    last = attribution.content[-1].end if attribution is not None and attribution.content else None
    if last is None or not any(span.start < last < span.end for span in part):
        return part
    return tuple(Span(span.start, min(span.end, last)) for span in part if span.start < last)


def _contrary(words: Words, head: Evidence, clausal: Sequence[Condition], holders: Holders) -> Iterator[Condition]:
    for found in find_contrary(words, head):
        condition = (_span(words, found.condition),)
        if any(_touches(each, condition) for each in clausal):
            continue
        consequence = (_span(words, found.consequence),) if found.consequence else ()
        attribution = holders.innermost(condition, consequence)
        yield Condition(
            id="",
            attribution=attribution.id if attribution else None,
            form=Form.NONE,
            cue=(),
            condition=(condition,),
            operator=Operator.AND,
            consequence=consequence,
            realis=Realis.COUNTERFACTUAL,
            score=found.score,
            produced_by="head:contrary",
            flags=("no_cue",),
        )


def _drawn(
    text: str, sentences: Sequence[Span], scores: WordScores, found: Sequence[Condition], holders: Holders
) -> Iterator[Condition]:
    """What the encoder alone reads as a condition, where no rule has found one in the same words."""
    for each in find_drawn(text, sentences, scores):
        if not any(_touches(other, (*each.condition, *each.consequence)) for other in found):
            yield _read_alone(each, holders)


def _with_reading(condition: Condition, scores: WordScores) -> Condition:
    """A rule's condition, flagged where the encoder too reads it as a line."""
    drawn = condition.realis is Realis.OPEN and any(is_drawn(spans, scores) for spans in condition.condition)
    return replace(condition, flags=(*condition.flags, DRAWN)) if drawn else condition


def _read_alone(drawn: Drawn, holders: Holders) -> Condition:
    attribution = holders.innermost(drawn.condition[:1], drawn.consequence)
    return Condition(
        id="",
        attribution=attribution.id if attribution else None,
        form=Form.WITHOUT if drawn.without else Form.NONE,
        cue=(drawn.without,) if drawn.without else (),
        condition=tuple((span,) for span in drawn.condition),
        operator=drawn.operator,
        consequence=_within(drawn.consequence, attribution),
        realis=Realis.OPEN,
        score=drawn.score,
        produced_by="head:drawn",
        negated=drawn.without is not None,
        flags=(DRAWN,) if drawn.without else ("no_cue", DRAWN),
    )


def _touches(condition: Condition, spans: Spans, *, consequence: bool = True) -> bool:
    """Whether a condition already holds these words, in either of its parts, or in its condition alone."""
    own = [span for alternative in condition.condition for span in alternative]
    own += condition.consequence if consequence else ()
    return any(overlaps(mine, theirs) for mine in own for theirs in spans)


def _demanded(words: Words, holders: Holders) -> Iterator[Condition]:
    for found in find_demands(words):
        condition, consequence = (_span(words, found.condition),), (_span(words, found.consequence),)
        attribution = holders.innermost(condition, consequence)
        if found.stated and attribution is None and not _is_statement(words):
            continue
        yield Condition(
            id="",
            attribution=attribution.id if attribution else None,
            form=Form.NONE,
            cue=(_span(words, found.cue),),
            condition=(condition,),
            operator=Operator.AND,
            consequence=_within(consequence, attribution),
            realis=Realis.OPEN,
            score=found.score,
            produced_by=found.name,
            negated=found.negated,
            flags=("demand",),
        )


def _framed(frame: Frame, holders: Holders) -> Condition:
    consequence = (frame.consequence,) if frame.consequence else ()
    answered = "asked" in frame.flags and bool(consequence)  # then the words that count are the answer's
    attribution = holders.innermost((frame.condition,), consequence if answered else (frame.condition,))
    return Condition(
        id="",
        attribution=attribution.id if attribution else None,
        form=Form.NOMINAL if "asked" in frame.flags else Form.NONE,
        cue=(frame.cue,),
        condition=((frame.condition,),),
        operator=Operator.AND,
        consequence=consequence,
        realis=Realis.OPEN if "asked" in frame.flags else Realis.HYPOTHETICAL,
        score=frame.score,
        produced_by=frame.name,
        flags=frame.flags,
    )


def _is_statement(words: Words) -> bool:
    """Whether a sentence quotes or reports by itself."""
    speech = word_classes().speech
    if any(one.lower == "according" and other.lower == "to" for one, other in pairwise(words)):
        return True
    return any(
        is_quote(word) or (word.lower in speech and word.kind in (Kind.FINITE, Kind.PARTICIPLE)) for word in words
    )


def _grouped(words: Words, parts: Sequence[Parts]) -> Iterator[tuple[list[Parts], Operator]]:
    """Alternatives that share one consequence: "if A, if B, C", "C if A or if B"."""
    groups: list[list[Parts]] = []
    for each in parts:
        if groups and _joins(words, groups[-1][-1], each):
            groups[-1].append(each)
        else:
            groups.append([each])
    for group in groups:
        yield _with_one_consequence(group), _operator(words, group)


def _joins(words: Words, one: Parts, other: Parts) -> bool:
    same = one.cue.rule.form is other.cue.rule.form and one.cue.concessive is other.cue.concessive
    between = words[one.condition[1] : other.cue.first]
    close = all(word.kind is Kind.MARK or word.lower in ("and", "or", "even") for word in between)
    return same and close and not any(word.lower in ";.?!" for word in between)


def _with_one_consequence(group: list[Parts]) -> list[Parts]:
    """The last of the group gets the consequence: its own, or the one before the first cue."""
    first, last = group[0], group[-1]
    own = last.side is Side.AFTER and last.consequence
    if len(group) > 1 and first.side is not Side.AFTER and first.consequence and not own:
        last = replace(last, consequence=first.consequence, side=first.side)
    return [*group[:-1], last]


def _operator(words: Words, group: Sequence[Parts]) -> Operator:
    joined = {
        word.lower
        for one, other in zip(group, group[1:], strict=False)
        for word in words[one.condition[1] : other.cue.first]
    }
    return Operator.AND if len(group) == 1 or "and" in joined else Operator.OR


def _is_condition(words: Words, parts: Parts, *, stated: bool) -> bool:
    """Whether a cue that may mean something else is used as a condition here. stated: in somebody's statement."""
    cue = parts.cue
    if cue.rule.present and [word.lower for word in words[parts.condition[0] :][:2]] == ["it", "comes"]:
        return False  # "when it comes to soldiers, ...": as for them
    if cue.rule.weak and _only_tells(words, parts.condition):
        return False  # "in January, when he said they would go"
    realis = find_realis(words, parts, indirect=False)
    contrary = realis is Realis.COUNTERFACTUAL
    if cue.concessive and not contrary and realis is not Realis.HYPOTHETICAL:
        return False
    if not cue.rule.weak:
        return _says_enough(words, parts) and not _is_whether(words, parts)
    if cue.rule.form is Form.WITHOUT and contrary:
        return not cue.rule.counterfactual or has_remote_perfect(words, parts.consequence)
    main = [word for first, last in parts.consequence for word in words[first:last]]
    vowed = bool(parts.consequence) and is_undertaken(words, parts.consequence[0][0])
    future = vowed or any(word.lower in _FUTURE or word.lower.endswith(("'ll", "'d")) for word in main)
    negative = any(word.lower in _NEGATIVE or word.lower.endswith("n't") for word in main)
    if cue.rule.at_once and parts.side is Side.AFTER and parts.consequence:
        future = future or not _is_past(words, parts.consequence[0])
    opens = words[parts.condition[0]]
    if cue.rule.form is Form.AFTER and main and main[0].lower == "that" and main[0].kind is Kind.SUBORDINATOR:
        return False  # "after a bill that would end it": a relative clause
    if is_met(words, parts):
        return stated
    if cue.rule.met:
        return False  # "now that it is spring, the boats go out"
    if cue.rule.refused and not negative or cue.rule.present and not future:
        return False
    late = parts.side is Side.AFTER and cue.rule.form is Form.UNTIL and has_finite(words, 0, cue.first)
    if late:
        return False  # "fry it until they are done but not burned": what follows does not wait for them
    event = opens.kind is not Kind.ING or opens.lower in plain_ing()
    would = any(word.lower == "would" for word in main)  # "talks would resume as soon as they had left"
    told = stated and (would or vowed)  # "vowed to fire the moment a ship crossed the line"
    if cue.rule.present and not told and not _is_present(words, parts.condition):
        return False  # "when they came, we hid": time
    if cue.rule.form is Form.UNTIL and negative and _is_present(words, parts.condition):
        return event  # "do not sign until they leave": a rule or an order, whoever says it
    if cue.rule.form in (Form.WITHOUT, Form.AFTER) and not has_finite(words, *parts.condition):
        return stated and event and future and negative
    return stated and event and (future or (negative and cue.rule.form is Form.AFTER))


def _only_tells(words: Words, condition: Piece) -> bool:
    """Whether a stretch says nothing but that somebody speaks: "he said"."""
    first, last = condition
    return last - first <= TOLD and words[last - 1].lower in word_classes().speech and words[last - 1].is_finite


TOLD = 4  # words of "the minister had said"


def _is_whether(words: Words, parts: Parts) -> bool:
    """Whether nothing but "or not" follows: "if it was a review or not"."""
    main = [word.lower for first, last in parts.consequence for word in words[first:last]]
    return main in (["or", "not"], ["not"])


_PAST = frozenset({"was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't", "could", "would"})


_PLURAL = frozenset({"they", "you", "we", "i"})


def _is_present(words: Words, piece: Piece) -> bool:
    """Whether the first finite verb of a clause speaks of the present."""
    classes = word_classes()
    at, verb = next(((at, words[at]) for at in range(*piece) if words[at].is_finite), (-1, None))
    if verb is None or verb.lower in _PAST:
        return False
    if verb.lower in classes.base and words[at - 1].lower in _PLURAL:
        return True  # "the day they shut it": the same form in both tenses
    return verb.lower not in classes.past and not (verb.lower in classes.either or verb.lower.endswith("ed"))


def _is_past(words: Words, piece: Piece) -> bool:
    """Whether the first finite verb of a clause is known and does not speak of the present."""
    return has_finite(words, *piece) and not _is_present(words, piece)


_SUBJECTS = frozenset({Kind.SUBJECT, Kind.CONTRACTED, Kind.DETERMINER})
_BARE = frozenset({"so", "necessary", "possible", "needed", "asked", "required", "true"})


def _says_enough(words: Words, parts: Parts) -> bool:
    """Whether the stretch behind "if" can be a condition: not "if discreet," in "his passionate, if discreet, love"."""
    first, last = parts.condition
    if parts.cue.rule.where == "after_mark":
        return has_finite(words, first, last)
    if parts.cue.rule.phrase and parts.cue.rule.where == "at_start":
        return bool(parts.consequence)  # not "failing eyesight kept her at home"
    if parts.cue.rule.phrase or parts.cue.rule.form is Form.INVERSION or has_finite(words, first, last):
        return True
    if words[first].lower in _BARE or words[first].kind in (Kind.PARTICIPLE, Kind.ING, Kind.PREPOSITION):
        return True
    if words[first].lower == "not":
        return last == first + 1 or words[first + 1].kind in (Kind.PARTICIPLE, Kind.ING)
    if parts.side is Side.ASKED:
        return True
    verb = last - first > 1 and words[first + 1].lower in word_classes().third
    headline = verb and words[first].kind is Kind.NOUN  # "unless dam closes": headlines leave out articles
    subject = headline or words[first].kind in _SUBJECTS
    return last - first > (1 if parts.side is Side.AFTER or subject else 3)


def _span(words: Words, piece: Piece) -> Span:
    return Span(words[piece[0]].start, words[piece[1] - 1].end)


def _spans(words: Words, pieces: Sequence[Piece]) -> Spans:
    return tuple(_span(words, piece) for piece in pieces)


_NO_CLAUSE = frozenset({"that", "what", "how", "why", "when", "who", "which", "where"})


def _without_teller(words: Words, piece: Piece, attribution: Attribution | None) -> Piece:
    """A piece cut to what is said, where it runs on into who said it: `no toll" she added` with its marks astray.

    Where no clause of its own would be left, the report belongs to it: "nobody knew | what it would cost".
    """
    if attribution is None:
        return piece
    told = (*attribution.source, *attribution.cue)
    places = range(*piece)
    if not any(overlaps(words[place].span, span) for place in places for span in told):
        return piece
    said = [place for place in places if any(overlaps(words[place].span, span) for span in attribution.content)]
    kept = [place for place in said if not is_quote(words[place])]
    if not kept or words[kept[0]].lower in _NO_CLAUSE:
        return piece
    offered = words[kept[0]].lower == "to" and words[kept[0] - 1].is_finite  # "the league offered | to send a ship"
    stands = kept[0] == piece[0] or offered or has_finite(words, kept[0], kept[-1] + 1)
    return (kept[0], kept[-1] + 1) if stands else piece


def _condition(words: Words, group: Sequence[Parts], operator: Operator, holders: Holders) -> Condition:
    last = group[-1]
    cue: Cue = last.cue
    condition = tuple(_spans(words, without_reports(words, parts.condition)) for parts in group)
    pieces = [piece for whole in last.consequence for piece in without_reports(words, whole)]
    attribution = holders.innermost(condition[0], _spans(words, pieces))
    consequence = _spans(words, [_without_teller(words, piece, attribution) for piece in pieces])
    return Condition(
        id="",
        attribution=attribution.id if attribution else None,
        form=cue.rule.form,
        cue=tuple(_span(words, (parts.cue.first, parts.cue.last)) for parts in group),
        condition=condition,
        operator=operator,
        consequence=consequence,
        realis=find_realis(words, last, indirect=_is_indirect(words, last, attribution)),
        score=cue.rule.score - CONCESSIVE_LOSS * cue.concessive,
        produced_by=cue.rule.name,
        negated=cue.rule.negated,
        flags=_flags(words, last),
    )


def _flags(words: Words, parts: Parts) -> tuple[str, ...]:
    """For "even if": concessive; where the consequence is what a speaker was asked ("what they would do"): asked."""
    asked = bool(parts.consequence) and parts.consequence[0][0] > 0 and is_asked(words, parts.consequence[0][0])
    return (*(("concessive",) if parts.cue.concessive else ()), *(("asked",) if asked else ()))


def _is_indirect(words: Words, parts: Parts, attribution: Attribution | None) -> bool:
    """Whether a condition stands in reported speech that shifts its tenses: outside quotation marks, behind "said".

    "They say" shifts nothing, and no outlet's report has a "you" or an "I" in it.
    """
    quoted = sum(word.lower in ('"', "“", "”") for word in words[: parts.cue.first]) % 2 == 1
    if quoted or any(word.lower in _ADDRESSED for word in words[slice(*parts.condition)]):
        return False
    told = _is_told(words, attribution)
    if attribution is not None:
        return attribution.directness in (Directness.INDIRECT, Directness.MIXED) and told is not False
    return told is True


_ADDRESSED = frozenset({"you", "you'd", "your", "i", "i'd", "my", "me"})


def _is_told(words: Words, attribution: Attribution | None) -> bool | None:
    """Whether a sentence, or the cue of its attribution, reports in the past tense; None where no verb reports."""
    classes = word_classes()
    verbs = [word for word in words if word.lower in classes.speech and word.is_finite]
    if attribution is not None and attribution.cue:
        verbs = [word for word in words if word.lower in classes.speech and _stands_in(word, attribution.cue)]
    if not verbs:
        telling = any(word.lower in classes.speech and word.kind is Kind.ING for word in words)
        return True if telling else None  # "warning that they would fire if it came"
    did = any(word.lower in ("did", "didn't") for word in words)  # "did not say whether"
    return did or any(lemma(word.lower) != word.lower and word.lower not in classes.third for word in verbs)


def _stands_in(word: Word, spans: Spans) -> bool:
    return any(overlaps(word.span, span) for span in spans)
