"""Attributions become statements: linked to an actor, dated, quoted as printed, and citable by an id."""

from collections.abc import Mapping

from onrecord.records.documents import DateRange
from onrecord.records.findings import Attribution, Findings
from onrecord.records.ids import said_id
from onrecord.records.redlines import Statement
from onrecord.records.said_days import date_words, outer_attributions
from onrecord.records.spans import quote_spans


def form_statements(findings: Findings) -> tuple[Statement, ...]:
    """One statement for each attribution that has content, in the order of the attributions."""
    spoken = {each.id: each for each in findings.attributions if each.content}
    keys = {actor.id: actor.key for actor in findings.actors}
    days = date_words(findings)
    return tuple(_form_statement(findings, each, spoken, keys, days[each.id]) for each in spoken.values())


def statement_id(findings: Findings, attribution: Attribution) -> str:
    """The id of the statement made from an attribution."""
    return said_id(findings.document.id, attribution.source, attribution.cue, attribution.content)


def _form_statement(
    findings: Findings,
    attribution: Attribution,
    spoken: Mapping[str, Attribution],
    keys: Mapping[str, str],
    said_on: DateRange,
) -> Statement:
    document = findings.document
    outer = outer_attributions(attribution, spoken)
    return Statement(
        id=statement_id(findings, attribution),
        document=document.id,
        attribution=attribution.id,
        actor=keys.get(attribution.speaker.actor or ""),
        speaker=attribution.speaker,
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        quote=quote_spans(document.text, attribution.content),
        directness=attribution.directness,
        act=attribution.act,
        said_on=said_on,
        outlet=document.outlet,
        published=document.published,
        conditions=tuple(each.id for each in findings.conditions if each.attribution == attribution.id),
        relay=tuple(statement_id(findings, each) for each in outer),
        score=attribution.score,
        flags=attribution.flags,
    )
