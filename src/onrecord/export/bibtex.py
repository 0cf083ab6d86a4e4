"""Citations → BibTeX, one entry a statement, in UTF-8 (biber, or bibtex with a Unicode style)."""

from collections.abc import Iterable
from typing import TextIO

from onrecord.export.citations import Citation, describe_citation

ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
PLAIN_LINK = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", "%": r"\%", "#": r"\#"})


def export_bibtex(citations: Iterable[Citation], stream: TextIO) -> None:
    """Write one `@article` a citation, with an empty line between."""
    stream.write("\n\n".join(map(write_entry, citations)))
    stream.write("\n")


def write_entry(citation: Citation) -> str:
    """One entry. What is unknown is left out; the passage stands in `annote`, the evidence in `note`."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(citation) if value)
    return f"@article{{{citation.key},\n{fields}}}"


def escape(text: str) -> str:
    """The text with TeX's own signs escaped and every kind of white space as one space."""
    return " ".join("".join(ESCAPES.get(sign, sign) for sign in text).split())


def _fields(citation: Citation) -> list[tuple[str, str]]:
    document, statement = citation.document, citation.row.statement
    day = document.published.earliest if document.published.is_day else None
    year = document.published.earliest
    return [
        ("title", f"{{{escape(document.title)}}}"),  # a second pair of braces keeps capitals as printed
        ("author", f"{{{escape(document.author)}}}" if document.author else ""),
        ("journal", escape(document.outlet.name or "")),
        ("date", day.isoformat() if day else ""),
        ("year", str(year.year) if year else ""),
        ("url", citation.link.translate(PLAIN_LINK) if citation.link else ""),
        ("annote", escape(statement.quote)),
        ("note", escape(describe_citation(citation))),
    ]
