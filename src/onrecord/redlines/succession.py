"""One line put in another's place. Only words that say so make a successor; a similar later line is another line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.records.redlines import Status, StatusEntry
from onrecord.records.spans import Span
from onrecord.redlines.alignment import LAND
from onrecord.redlines.drafts import Draft, has_words
from onrecord.redlines.gist import Gist, read_gist
from onrecord.redlines.outcome import unsigned
from onrecord.redlines.sentences import sentence_around
from onrecord.redlines.steps import Coverage, Line, first_day, form_entry, last_day, quote_passage

LEAST_NAMED = 0.50  # part of the old condition, by weight, that the sentence or the one before it must name


@dataclass(frozen=True, slots=True)
class Succession:
    """The ids of the line that went and of the one that came, and the draft whose sentence says so."""

    old: str
    new: str
    draft: Draft


def find_successions(lines: Mapping[str, Line], coverage: Coverage) -> tuple[Succession, ...]:
    """The lines that words put in another's place, each new line once, by new id."""
    found = (_find_succession(name, line, lines, coverage) for name, line in sorted(lines.items()))
    return tuple(each for each in found if each is not None)


def _find_succession(name: str, line: Line, lines: Mapping[str, Line], coverage: Coverage) -> Succession | None:
    for draft in line.drafts:
        said = replacing_gist(draft, coverage.findings[draft.mention.document].document.text)
        if not draft.live or said is None:
            continue
        before = [(other, old) for other, old in lines.items() if other != name and _precedes(old, line)]
        older = [(named, other) for other, old in before if (named := name_part(old.drafts, said)) >= LEAST_NAMED]
        if older:
            return Succession(max(older)[1], name, draft)
    return None


def replacing_gist(draft: Draft, text: str) -> Gist | None:
    """The gist of the sentence and the one before it, where they put one line in another's place. text: the whole."""
    around = sentence_around(text, draft.mention.passage)
    before = sentence_around(text, Span(max(0, around.start - 2), max(1, around.start - 1)))
    words = text[before.start : around.end]
    return read_gist(words) if has_words("superseded", words) else None


def _precedes(old: Line, new: Line) -> bool:
    same = any(own_keys(one) & own_keys(other) for one in old.drafts for other in new.drafts)
    return same and last_day(old.occasions[-1].when) < first_day(new.occasions[0].when)


def own_keys(draft: Draft) -> frozenset[str]:
    """The keys of the issuer, those of the state spoken for left out: one person does not replace another's line."""
    return frozenset(key for key in (draft.issuer.key, draft.issuer.person_key) if key is not None)


def name_part(old: Sequence[Draft], said: Gist) -> float:
    """The part of an old line's condition, or of the things in it, by weight, that the words name."""
    terms = unsigned(said)
    gists = [each.condition for each in old]
    return max(max(covered(terms, unsigned(gist)), covered(terms, _things(gist))) for gist in gists)


def _things(gist: Gist) -> Mapping[str, float]:
    """What a condition is about beside its happening; land is left out, it stands in every line of a dispute."""
    return {term: weight for term, weight in gist.objects.items() if term not in LAND}


def covered(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The part of the other's terms, by weight, that stand in one."""
    total = sum(other.values())
    return sum(weight for term, weight in other.items() if term in one) / total if total else 0.0


def replaced_entry(new: Line, succession: Succession, coverage: Coverage) -> StatusEntry:
    """The step of the old line that the new one's words are."""
    mention = succession.draft.mention
    old = Line(succession.old, new.drafts, new.occasions, new.scope, new.since)
    return form_entry(
        old,
        Status.SUPERSEDED,
        mention.said_on,
        quote_passage(coverage, mention.document, (mention.passage,)),
        outlet=mention.outlet,
        statement=mention.statement,
        by=succession.draft.issuer.key,
        score=mention.score,
        rule="words",
        reason=f"the issuer puts the line {succession.new} in its place",
    )
