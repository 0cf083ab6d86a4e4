"""Citations → schema.org JSON-LD: a Quotation where the words stand in quotation marks, else a Claim.

A ClaimReview is never written: it states a rating, and only a person gives one.
"""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from onrecord.export.citations import Citation, describe_citation, name_text
from onrecord.records.documents import DateRange
from onrecord.records.findings import Directness


def export_schema_org(citations: Iterable[Citation], stream: TextIO) -> None:
    """Write the citations as one JSON-LD graph."""
    graph = {"@context": "https://schema.org", "@graph": [write_thing(each) for each in citations]}
    json.dump(graph, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def write_thing(citation: Citation) -> dict[str, Any]:
    """One Quotation or Claim with the article it stands in. What is unknown is left out."""
    statement = citation.row.statement
    quoted = statement.directness is Directness.DIRECT
    speaker = {"@type": "Thing", "name": statement.speaker.name} if statement.speaker.name else None
    thing = {
        "@type": "Quotation" if quoted else "Claim",
        "@id": f"{name_text(statement.document)}#{statement.id}",
        "identifier": statement.id,
        "text": statement.quote,
        ("spokenByCharacter" if quoted else "author"): speaker,
        "dateCreated": write_day(statement.said_on),
        ("isPartOf" if quoted else "appearance"): _write_article(citation),
        "description": describe_citation(citation),
        "creativeWorkStatus": citation.row.review.review.value,
    }
    return {key: value for key, value in thing.items() if value}


def write_day(range_: DateRange) -> str | None:
    """A day, or both ends of a range with a slash between (ISO 8601); None where neither is known."""
    if range_.is_day and range_.earliest:
        return range_.earliest.isoformat()
    if not range_.is_known:
        return None
    return "/".join(day.isoformat() if day else ".." for day in (range_.earliest, range_.latest))


def _write_article(citation: Citation) -> dict[str, Any]:
    document = citation.document
    article = {
        "@type": "NewsArticle",
        "@id": name_text(document.id),
        "headline": document.title,
        "publisher": {"@type": "Organization", "name": document.outlet.name} if document.outlet.name else None,
        "datePublished": write_day(document.published),
        "author": {"@type": "Person", "name": document.author} if document.author else None,
        "url": citation.link,
        "inLanguage": document.language,
    }
    return {key: value for key, value in article.items() if value}
