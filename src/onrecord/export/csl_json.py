"""Citations → CSL-JSON (citeproc's input), one item a statement."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from onrecord.export.citations import Citation, describe_citation
from onrecord.records.documents import DateRange


def export_csl_json(citations: Iterable[Citation], stream: TextIO) -> None:
    """Write the citations as a JSON list."""
    json.dump([write_item(each) for each in citations], stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def write_item(citation: Citation) -> dict[str, Any]:
    """One CSL item. What is unknown is left out; the passage stands in `abstract`, the evidence in `note`."""
    document, statement = citation.document, citation.row.statement
    item = {
        "id": citation.key,
        "type": "article-newspaper",
        "title": document.title,
        "container-title": document.outlet.name,
        "author": [{"literal": document.author}] if document.author else None,
        "issued": write_date(document.published),
        "URL": citation.link,
        "language": document.language,
        "abstract": statement.quote,
        "note": describe_citation(citation),
    }
    return {key: value for key, value in item.items() if value}


def write_date(range_: DateRange) -> dict[str, Any] | None:
    """A day or a range of days as CSL date parts, `circa` where one end is open; None where neither end is known."""
    ends = dict.fromkeys(day for day in (range_.earliest, range_.latest) if day is not None)
    if not ends:
        return None
    date = {"date-parts": [[day.year, day.month, day.day] for day in ends]}
    return date if range_.earliest and range_.latest else {**date, "circa": True}
