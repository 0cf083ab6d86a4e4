"""What the issuer says of a line: declared, said again, changed, or said to hold now. One step an occasion."""

from collections.abc import Iterator, Sequence

from onrecord.records.findings import Directness, Realis
from onrecord.records.redlines import Change, Status, StatusEntry
from onrecord.records.spans import quote_span
from onrecord.redlines.changes import compare_strength, find_changes
from onrecord.redlines.drafts import Draft, has_words
from onrecord.redlines.gist import Stage
from onrecord.redlines.occasions import Occasion, is_narrow
from onrecord.redlines.sentences import with_sentence_before
from onrecord.redlines.steps import Coverage, Line, first_day, form_entry, last_day, quote_passage


def list_word_entries(line: Line, coverage: Coverage, conditions: Sequence[StatusEntry]) -> Iterator[StatusEntry]:
    """One entry an occasion: declared, said again, changed, or said to hold now."""
    before: Occasion | None = None
    for occasion in line.occasions:
        if occasion.best.mention.realis is Realis.HYPOTHETICAL:
            continue
        status, reason, changes, inferred = _judge_occasion(occasion, before, conditions, coverage)
        yield _word_entry(line, coverage, occasion, status, reason, changes, inferred)
        before = occasion


Judgement = tuple[Status, str, tuple[Change, ...], bool]


def _judge_occasion(
    occasion: Occasion, before: Occasion | None, conditions: Sequence[StatusEntry], coverage: Coverage
) -> Judgement:
    changes = find_changes(before.best.mention, occasion.best.mention) if before is not None else ()
    invoked = _invoked_by(occasion, conditions)
    if invoked is not None:
        return Status.CONSEQUENCE_INVOKED, invoked, changes, False
    again = any(has_words("again", draft.cue) for draft in occasion.drafts)
    if before is None:
        if again:
            return (
                Status.REITERATED,
                "the text says it was said before; no earlier words are in this coverage",
                (),
                False,
            )
        return Status.DECLARED, "the first mention in this coverage", (), False
    status, reason = _compare_words(occasion, before, changes, coverage)
    return status, reason, changes, False


def _invoked_by(occasion: Occasion, conditions: Sequence[StatusEntry]) -> str | None:
    """Why the words say that the consequence holds now; None if they do not.

    Words in the present tense are enough only where the condition is reported as met by then.
    """
    drafts = [draft for draft in occasion.drafts if draft.mention.realis is Realis.FACTUAL]
    if drafts:
        return "the condition is put as a fact, and the consequence as following from it"
    reported = [entry for entry in conditions if entry.status is Status.CONDITION_REPORTED]
    met = any(first_day(entry.when) <= last_day(occasion.when) for entry in reported)
    said = any(_says_now(draft) for draft in occasion.drafts)
    return "the consequence is put as holding now, after the condition was reported" if met and said else None


def _says_now(draft: Draft) -> bool:
    if draft.consequence is None or draft.mention.voice == "headline":
        return False
    future = draft.consequence.stage in (Stage.PLANNED, Stage.ANNOUNCED)
    return not future and has_words("invoked", draft.passage)


def _compare_words(
    occasion: Occasion, before: Occasion, changes: tuple[Change, ...], coverage: Coverage
) -> tuple[Status, str]:
    if not changes:
        return Status.REITERATED, "the same in the same or like words"
    stated = _stated_change(occasion, coverage)
    if stated is not None:
        return stated
    own = _own_words(occasion.best) and _own_words(before.best)
    strength = compare_strength(before.best.mention, occasion.best.mention, own=own)
    if not own and not strength.total:
        return Status.REITERATED, "the words differ, but not both are the issuer's own"
    if strength.total > 0:
        return Status.HARDENED, f"worded more strongly: {_list(strength.words)}"
    if strength.total < 0:
        return Status.SOFTENED, f"worded less strongly: {_list(strength.words)}"
    if all(not change.before for change in changes):
        return Status.CLARIFIED, "words were only added"
    return Status.REITERATED, "said again in other words; neither harder nor softer by the word list"


def _stated_change(occasion: Occasion, coverage: Coverage) -> tuple[Status, str] | None:
    """Harder or softer, where the text says so in the line's sentence or the one before it; else None."""
    for draft in occasion.drafts:
        text = coverage.findings[draft.mention.document].document.text
        words = quote_span(text, with_sentence_before(text, draft.mention.passage))
        harder, softer = has_words("said_harder", words), has_words("said_softer", words)
        if harder is not softer:
            way = "harder" if harder else "softer"
            return Status.HARDENED if harder else Status.SOFTENED, f"the text itself says that it became {way}"
    return None


def _list(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _own_words(draft: Draft) -> bool:
    spoken = (Directness.DIRECT, Directness.MIXED, Directness.UNMARKED)
    return draft.mention.voice == "speaker" and draft.directness in spoken


def _word_entry(
    line: Line,
    coverage: Coverage,
    occasion: Occasion,
    status: Status,
    reason: str,
    changes: tuple[Change, ...],
    inferred: bool,
) -> StatusEntry:
    mention = occasion.best.mention
    dated = {draft.mention.document for draft in occasion.drafts if is_narrow(draft.mention.said_on)}
    others = len(dated - {mention.document})
    carried = f"; carried by {others} more document{'s' if others > 1 else ''}" if others else ""
    return form_entry(
        line,
        status,
        occasion.when,
        quote_passage(coverage, mention.document, (mention.passage,)),
        outlet=mention.outlet,
        statement=mention.statement,
        by=occasion.best.issuer.key if mention.voice == "speaker" else mention.outlet.name,
        changes=changes,
        inferred=inferred,
        score=mention.score,
        rule="words",
        reason=reason + carried,
    )
