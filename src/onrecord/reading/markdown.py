"""Markdown stays as it is written; its heading marks and front matter tell what a line is."""

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from onrecord.reading.extracts import Extract
from onrecord.reading.fields import describe, fold_names
from onrecord.records.documents import Part, PartKind
from onrecord.records.spans import Span

FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
UNDERLINED = re.compile(r"^(?P<title>[^\s#>*-].{0,300})\n(?P<line>=+|-{3,})[ \t]*$", re.MULTILINE)
LONGEST_FRONT = 20_000  # characters


def parse_markdown(text: str) -> Extract:
    """The text unchanged, with its headline and headings known and the front matter read as fields."""
    front = FRONT.match(text[:LONGEST_FRONT])
    known = list(_headings(text, front.end() if front else 0))
    headline = next((part for part in known if part.kind is PartKind.HEADLINE), None)
    title = text[headline.span.start : headline.span.end] if headline else ""
    if not front:
        return Extract(text, title=title, known=tuple(known))
    described = describe(fold_names(_front_fields(front.group(1))))
    furniture = Part(Span(0, front.end()), PartKind.FURNITURE)
    return replace(described, text=text, title=title or described.title, known=(furniture, *known))


def _front_fields(front: str) -> dict[str, str]:
    """The front matter's plain values; a block that is no YAML of plain values tells nothing."""
    try:
        values = yaml.load(front, Loader=yaml.BaseLoader)  # makes text of everything
    except (yaml.YAMLError, RecursionError):
        return {}
    return {key: value for key, value in values.items() if isinstance(value, str)} if isinstance(values, dict) else {}


def _headings(text: str, start: int) -> Iterator[Part]:
    """Heading lines without their marks; the first of the highest rank is the headline."""
    found = [(len(match.group(1)), Span(*match.span(2))) for match in HEADING.finditer(text, start)]
    found += [
        (1 if match["line"][0] == "=" else 2, Span(*match.span("title"))) for match in UNDERLINED.finditer(text, start)
    ]
    found = sorted((each for each in found if each[1].start < each[1].end), key=lambda each: each[1])
    first = next((index for index, (rank, _) in enumerate(found) if rank == 1), None)
    for index, (_, span) in enumerate(found):
        yield Part(span, PartKind.HEADLINE if index == first else PartKind.HEADING)
