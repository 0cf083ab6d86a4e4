"""Conditions in a question that a speaker says yes to: "asked whether they would leave if it passed, she said yes"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.lexicon.asking import affirms, only_asks
from onrecord.records.findings import Attribution, Condition
from onrecord.records.spans import quote_spans

ANSWER_REACH = 160  # characters from a question to its answer: a report of who asks and who answers


def give_to_answerer(
    text: str, conditions: Sequence[Condition], attributions: Sequence[Attribution]
) -> Iterator[Condition]:
    """The conditions; those of a question affirmed right behind it belong to who answers, flagged "affirmed"."""
    asked = {each.id: each for each in attributions if _asks(text, each)}
    for condition in conditions:
        question = asked.get(condition.attribution or "")
        answer = _answer_to(text, question, attributions) if question else None
        if answer is None:
            yield condition
        else:
            yield replace(condition, attribution=answer.id, flags=(*condition.flags, "affirmed"))


def _asks(text: str, attribution: Attribution) -> bool:
    return only_asks(quote_spans(text, attribution.cue), quote_spans(text, attribution.content))


def _answer_to(text: str, question: Attribution, attributions: Sequence[Attribution]) -> Attribution | None:
    """The words handed to somebody next behind a question, if they say yes to it."""
    end = question.content[-1].end
    behind = (each for each in attributions if each.content and 0 <= each.content[0].start - end <= ANSWER_REACH)
    answer = min(behind, key=lambda each: each.content[0].start, default=None)
    if answer is None or _asks(text, answer) or not affirms(quote_spans(text, answer.content)):
        return None
    return answer
