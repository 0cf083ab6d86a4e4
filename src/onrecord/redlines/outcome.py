"""What followed: the consequence said to hold, carried out, not carried out; the line taken back; silence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.findings import Realis
from onrecord.records.redlines import Passage, Statement, Status, StatusEntry
from onrecord.records.spans import Span, overlaps
from onrecord.redlines.drafts import Draft, has_words, word_list
from onrecord.redlines.evidence import (
    carries_out,
    consequences_of,
    doer_is_issuer,
    issuer_keys,
    likely_deed,
    likely_undone,
    same_consequence,
    tells_whole,
)
from onrecord.redlines.features import share
from onrecord.redlines.gist import Gist, Stage, read_gist, scope_names, turn
from onrecord.redlines.names import Known, Relation, find_names, relate_names
from onrecord.redlines.occasions import is_narrow
from onrecord.redlines.reports import QUOTES, Report, tells_of_earlier, tells_undone
from onrecord.redlines.sense import bar
from onrecord.redlines.sentences import sentence_around
from onrecord.redlines.steps import (
    MET,
    WORDS_OF_ISSUER,
    Coverage,
    Line,
    deadline_of,
    entry_key,
    first_day,
    form_entry,
    last_day,
    quote_passage,
)
from onrecord.redlines.telling import Telling
from onrecord.redlines.words import split_words

QUIET = timedelta(days=90)  # a quarter without a word on a line, while coverage runs on: its state is not known
SILENCE = "silence"  # the rule of what no passage states
RARE = 0.80  # weight of a word that by itself tells which line a sentence is about
CONCERNS = 0.30  # lowest share of terms by which a sentence of withdrawal or inaction is about the line


def list_spoken_invocations(line: Line, coverage: Coverage, entries: Sequence[StatusEntry]) -> list[StatusEntry]:
    """Statements of the issuer that put the consequence as holding, after the condition was reported."""
    reported = [entry for entry in entries if entry.status is Status.CONDITION_REPORTED]
    told = {draft.mention.statement for draft in line.drafts}
    invoked = {entry.passage.document for entry in entries if entry.status is Status.CONSEQUENCE_INVOKED}
    found: list[StatusEntry] = []
    for telling in coverage.words_of(issuer_keys(line.drafts)) if reported else ():
        statement = telling.statement
        dated = is_narrow(statement.said_on)
        met = dated and any(first_day(entry.when) <= last_day(statement.said_on) for entry in reported)
        if not met or statement.id in told or statement.document in invoked:
            continue
        sentence = _invoking_sentence(line, telling)
        if sentence is not None:
            found.append(
                _statement_entry(line, coverage, statement, sentence, Status.CONSEQUENCE_INVOKED, INVOKED_REASON)
            )
            invoked.add(statement.document)
    return found


INVOKED_REASON = "the issuer names the consequence as holding, after the condition was reported"
CLARIFIED_REASON = "the issuer says what the line covers and what it does not"
WITHDRAWN_REASON = "the issuer takes the line back in so many words"


def _invoking_sentence(line: Line, telling: Telling) -> Span | None:
    consequences = [draft.consequence for draft in line.drafts if draft.consequence is not None]
    for span, words in telling.invoking:
        if has_words("as_announced", words):
            return span
        gist = read_gist(words)
        planned = gist.stage is Stage.PLANNED
        if not planned and any(same_consequence(gist, consequence) for consequence in consequences):
            return span
    return None


def _statement_entry(
    line: Line, coverage: Coverage, statement: Statement, span: Span, status: Status, reason: str
) -> StatusEntry:
    return form_entry(
        line,
        status,
        statement.said_on,
        quote_passage(coverage, statement.document, (span,)),
        outlet=statement.outlet,
        statement=statement.id,
        by=statement.actor,
        score=statement.score,
        rule="words",
        reason=reason,
    )


def list_deed_entries(line: Line, coverage: Coverage, entries: Sequence[StatusEntry]) -> list[StatusEntry]:
    """Deeds that carry out the consequence, after the condition was met or the time set ran out."""
    since = _due_since(line, coverage, entries)
    if since is None and any(draft.mention.negated for draft in line.drafts):
        return []  # what is done until or unless something happens is done from the first
    if since is None:
        unasked = _list_likely_deeds(line, coverage, line.drafts, line.since or date.min, least=bar("unasked"))
        return list(unasked.values())
    found: dict[str, StatusEntry] = {}
    announcing = tuple(
        {(each.consequence and each.consequence.text, each.issuer.keys): each for each in line.drafts}.values()
    )
    for report in coverage.deeds_of(consequences_of(announcing)):
        if last_day(report.when) < since or tells_of_earlier(report, line.since):
            continue
        if carries_out(report, announcing, line.scope, coverage.vectors) and report.gist.stage is not Stage.PLANNED:
            found.setdefault(report.passage.document, _deed_entry(line, report))
    likely = _list_likely_deeds(line, coverage, announcing, since)
    return [*found.values(), *(entry for document, entry in likely.items() if document not in found)]


def _due_since(line: Line, coverage: Coverage, entries: Sequence[StatusEntry]) -> date | None:
    """From which day on the consequence is due: the condition was met, or the time set ran out; None if neither."""
    met = (first_day(entry.when) for entry in entries if entry.status in MET)
    return min(met, default=deadline_of(line, coverage))


def _list_likely_deeds(
    line: Line, coverage: Coverage, announcing: Sequence[Draft], since: date, least: float = 0.0
) -> dict[str, StatusEntry]:
    """By document, the scene that most likely tells that the consequence was carried out.

    least: where given, nothing tells that the condition was met: then the issuer must be named as the doer.
    """
    scenes = _list_scenes_since(line, coverage, since)
    if least:
        scenes = (scene for scene in scenes if doer_is_issuer(scene.gist, line.scope))
    best = _choose_likeliest(scenes, lambda scene: likely_deed(scene, announcing, line.scope, coverage.vectors))
    return {
        document: _likely_entry(line, scene, score, asked=not least)
        for document, (score, scene) in best.items()
        if score >= least
    }


def _choose_likeliest(
    scenes: Iterable[Report], how_likely: Callable[[Report], float]
) -> dict[str, tuple[float, Report]]:
    """By document, the likeliest scene, the first of several, with how likely it is; none that is not likely at all."""
    best: dict[str, tuple[float, Report]] = {}
    known: dict[tuple[str, bool, tuple[str, ...]], float] = {}  # scenes in the same words are as likely
    for scene in scenes:
        words = scene.gist.text, scene.attributed, scene.tellers
        if words not in known:
            known[words] = how_likely(scene)
        if known[words] > best.get(scene.document.id, (0.0, scene))[0]:
            best[scene.document.id] = (known[words], scene)
    return best


def _list_scenes_since(line: Line, coverage: Coverage, since: date) -> Iterator[Report]:
    """The scenes that may concern a line, from a day on, outside of the words that draw it."""
    mentioned: dict[str, list[Span]] = {}
    for draft in line.drafts:
        mentioned.setdefault(draft.mention.document, []).append(draft.mention.passage)
    for scene in coverage.scenes_of(line.drafts, line.scope):
        late = last_day(scene.when) >= since and not tells_of_earlier(scene, line.since)
        inside = (overlaps(scene.spans[0], span) for span in mentioned.get(scene.document.id, ()))
        if late and not any(inside):
            yield scene


def _likely_entry(line: Line, scene: Report, score: float, *, asked: bool) -> StatusEntry:
    """asked: whether the condition was reported as met, or a time set ran out, before."""
    due, undue = "after the condition was reported, or its time ran out", "no text tells that the condition was met"
    when = due if asked else f"of the issuer by name; {undue}"
    whose = "as somebody quoted tells" if scene.attributed else "as the outlet reports"
    return form_entry(
        line,
        Status.CONSEQUENCE_REPORTED,
        scene.when,
        scene.passage,
        outlet=scene.outlet,
        statement=None,
        by=scene.by,
        score=score,
        rule="deed by sense",
        reason=f"{whose}, {when}; near in sense to what was announced, in other words",
    )


def _deed_entry(line: Line, report: Report) -> StatusEntry:
    return form_entry(
        line,
        Status.CONSEQUENCE_REPORTED,
        report.when,
        report.passage,
        outlet=report.outlet,
        statement=None,
        by=report.outlet.name,
        score=report.score,
        rule="deed",
        reason="the outlet reports it as done by the issuer, after the condition was reported",
    )


def list_withdrawals(line: Line, coverage: Coverage) -> list[StatusEntry]:
    """Statements of the issuer that take the line back."""
    found: list[StatusEntry] = []
    for telling in coverage.words_of(issuer_keys(line.drafts)):
        statement = telling.statement
        if line.since is not None and last_day(statement.said_on) < line.since:
            continue
        for (span, words), around in zip(telling.withdrawing, telling.around, strict=True):
            if _draws(line, statement.document, span):
                continue
            if concerns(line, read_gist(words)) or concerns(line, read_gist(around)):
                found.append(_statement_entry(line, coverage, statement, span, Status.WITHDRAWN, WITHDRAWN_REASON))
                break
    return found


def _draws(line: Line, document: str, span: Span) -> bool:
    """Whether a sentence is one that draws the line ("the contract would be rescinded if the fare goes up")."""
    return any(draft.mention.document == document and overlaps(draft.mention.passage, span) for draft in line.drafts)


def list_clarifications(line: Line, coverage: Coverage, entries: Sequence[StatusEntry]) -> list[StatusEntry]:
    """Words of the issuer that say what the line covers, beside words that draw it or in its terms. One a document."""
    mentioned = {draft.mention.document for draft in line.drafts}
    clear = {entry.passage.document for entry in entries if entry.status is Status.CLARIFIED}
    found: dict[str, StatusEntry] = {}
    for telling in coverage.words_of(issuer_keys(line.drafts)):
        statement = telling.statement
        early = line.since is not None and last_day(statement.said_on) < line.since
        if early or statement.document in clear | found.keys():
            continue
        for span, words in telling.clarifying:
            if statement.document in mentioned or concerns(line, read_gist(words)):
                entry = _statement_entry(line, coverage, statement, span, Status.CLARIFIED, CLARIFIED_REASON)
                found.setdefault(statement.document, entry)
    return list(found.values())


def concerns(line: Line, gist: Gist) -> bool:
    """Whether a sentence is about the line: it shares enough of the condition's or the consequence's words."""
    texts = (each for draft in line.drafts for each in (draft.condition, draft.consequence) if each is not None)
    said = unsigned(gist)
    return any(
        (share(said, unsigned(each)) or 0.0) >= CONCERNS or _shares_rare_word(said, each) or _shares_name(gist, each)
        for each in texts
    )


def _shares_name(gist: Gist, other: Gist) -> bool:
    """Whether both name one place or party, and share a term beside it ("the Orle dam")."""
    names = any(
        relate_names(one.known, each.known) is Relation.SAME for one in scope_names(gist) for each in scope_names(other)
    )
    return names and not unsigned(gist).keys().isdisjoint(unsigned(other))


def _shares_rare_word(said: Mapping[str, float], gist: Gist) -> bool:
    return any(weight >= RARE for term, weight in unsigned(gist).items() if term in said)


def unsigned(gist: Gist) -> dict[str, float]:
    """The terms of a gist without the signs of its happenings."""
    return {term.lstrip("+-"): weight for term, weight in gist.terms.items()}


def list_inaction_entries(line: Line, coverage: Coverage, entries: Sequence[StatusEntry]) -> list[StatusEntry]:
    """Sentences that say the issuer did not do what it announced, after the condition was met or the time was up."""
    since = _due_since(line, coverage, entries)
    if since is None:
        return []
    found: dict[str, StatusEntry] = {}
    consequences = {each.text: each for each in consequences_of(line.drafts)}
    undone = [turn(each) for each in consequences.values()]
    texts = (*(draft.condition for draft in line.drafts), *consequences.values())
    terms = {term for each in texts for term in unsigned(each)}
    for document, span in coverage.inaction.find(terms, {draft.mention.document for draft in line.drafts}):
        late = document.published.latest is not None and document.published.latest >= since
        if late and document.id not in found and _tells_of_inaction(line, undone, document, span):
            found[document.id] = _inaction_entry(line, document, span)
    done = {entry.passage.document for entry in entries if entry.status is Status.CONSEQUENCE_REPORTED}
    likely = _list_likely_undone(line, coverage, since)
    new = (document for document in likely if document not in found and document not in done)
    return [*found.values(), *(likely[document] for document in new)]


def _list_likely_undone(line: Line, coverage: Coverage, since: date) -> dict[str, StatusEntry]:
    """By document, the scene that is nearest in sense to a consequence that it says was not carried out."""
    scenes = _list_scenes_since(line, coverage, since)
    best = _choose_likeliest(scenes, lambda scene: likely_undone(scene, line.drafts, line.scope, coverage.vectors))
    return {
        document: _inaction_entry(line, scene.document, scene.passage.spans[0]) for document, (_, scene) in best.items()
    }


def _tells_of_inaction(line: Line, undone: Sequence[Gist], document: Document, span: Span) -> bool:
    """Whether a sentence says that the issuer, named or right before it, did not do it; or that it was not done.

    undone: the contrary of each consequence.
    """
    words = document.text[span.start : span.end]
    gist = read_gist(words)
    if any(tells_whole(gist, each) for each in undone) and tells_undone(words):
        return True
    if not has_words("not_enforced", words) or _hands_to_another(line, words):
        return False
    named = any(_is_issuer(name.known, line) for name in gist.names)
    return (named and concerns(line, gist)) or (not gist.names and _is_beside(line, document, span))


def _is_issuer(name: Known, line: Line) -> bool:
    return any(relate_names(name, own) in (Relation.SAME, Relation.CONTAINED) for own in line.scope.issuer)


def _hands_to_another(line: Line, words: str) -> bool:
    """Whether what was not done is what somebody else announced ("the tariff Penn said would follow never came")."""
    listed = split_words(words)
    done = next((hit.first for hit in word_list("not_enforced").find(listed)), len(listed))
    sayers = [
        name for name in find_names(words, listed) if name.last + 1 < done and _says(listed[name.last + 1].folded)
    ]
    return bool(sayers) and not any(_is_issuer(name.known, line) for name in sayers)


def _says(word: str) -> bool:
    return word in ("said", "says", "had", "has", "threatened", "promised", "announced", "vowed", "warned")


def _is_beside(line: Line, document: Document, span: Span) -> bool:
    """Whether a sentence stands right behind one that draws the line ("He would end it if they came. He never did")."""
    passages = (draft.mention.passage for draft in line.drafts if draft.mention.document == document.id)
    return any(
        sentence_around(document.text, each).end <= span.start
        and not document.text[sentence_around(document.text, each).end : span.start].strip(QUOTES)
        for each in passages
    )


def _inaction_entry(line: Line, document: Document, span: Span) -> StatusEntry:
    return form_entry(
        line,
        Status.NOT_ENFORCED,
        document.published,
        Passage(document.id, (span,), document.text[span.start : span.end]),
        outlet=document.outlet,
        statement=None,
        by=document.outlet.name,
        score=0.6,
        rule="inaction",
        reason="the text says the issuer did not do it; that it is about this line is worked out from shared words",
        inferred=True,
    )


def list_turning_days(line: Line, coverage: Coverage, entries: Sequence[StatusEntry]) -> Iterator[date]:
    """The days on which a line's history may change without a word on it, by the coverage going on that far."""
    deadline = deadline_of(line, coverage)
    if deadline is not None:
        yield deadline + timedelta(days=1)
    told = [entry for entry in entries if entry.when.is_known and entry.rule != SILENCE]
    if told:
        since = last_day(max(told, key=entry_key).when)
        yield since if since > date.max - QUIET else since + QUIET


def list_lapse_entries(line: Line, coverage: Coverage, entries: Sequence[StatusEntry]) -> list[StatusEntry]:
    """A deadline that passed while coverage ran on and told nothing more of the line: inferred."""
    deadline = deadline_of(line, coverage)
    if deadline is None or not coverage.days or coverage.days[-1] <= deadline:
        return []
    later = [entry for entry in entries if last_day(entry.when) > deadline and entry.status not in WORDS_OF_ISSUER]
    if later or any(entry.status in MET for entry in entries):
        return []
    over = deadline + timedelta(days=1)
    reason = f"the time set ran out on {deadline.isoformat()}; the coverage goes on and tells no more of it"
    return [_silent_entry(line, coverage, Status.LAPSED_INFERRED, over, over, reason)]


def list_unknown_entries(line: Line, coverage: Coverage, entries: Sequence[StatusEntry]) -> list[StatusEntry]:
    """Where coverage runs on for a quarter and does not come back to a line, its state is not known."""
    dated = [entry for entry in entries if entry.when.is_known]
    if not dated or not coverage.days or _stays_done(dated):
        return []
    latest = max(dated, key=entry_key)
    closed = {
        Status.WITHDRAWN,
        Status.SUPERSEDED,
        Status.NOT_ENFORCED,
        Status.CONSEQUENCE_REPORTED,
        Status.LAPSED_INFERRED,
    }
    since = last_day(latest.when)
    if latest.status in closed or coverage.days[-1] - since < QUIET:
        return []
    reason = f"the coverage goes on for a quarter or more and does not come back to this line after {since.isoformat()}"
    return [_silent_entry(line, coverage, Status.UNKNOWN, since + timedelta(days=1), None, reason)]


def _stays_done(entries: Sequence[StatusEntry]) -> bool:
    """Whether the consequence was carried out and nothing but the condition is told of after it."""
    done = [last_day(entry.when) for entry in entries if entry.status is Status.CONSEQUENCE_REPORTED]
    others = [last_day(entry.when) for entry in entries if entry.status is not Status.CONDITION_REPORTED]
    return bool(done) and max(others) <= max(done)


def _silent_entry(
    line: Line, coverage: Coverage, status: Status, first: date, last: date | None, reason: str
) -> StatusEntry:
    """An entry that no passage states: it points at the line's last words.

    It names no day of the coverage's end, so that another day without news of the line leaves it as it is.
    """
    told = [each for each in line.occasions if each.best.mention.realis is not Realis.HYPOTHETICAL]
    mention = told[-1].best.mention
    return form_entry(
        line,
        status,
        DateRange(first, last, Basis.INFERRED, reason),
        quote_passage(coverage, mention.document, (mention.passage,)),
        outlet=mention.outlet,
        statement=mention.statement,
        by=None,
        score=0.5,
        rule=SILENCE,
        reason=reason,
        inferred=True,
    )
