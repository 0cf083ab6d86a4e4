"""Invented articles that several reading tests share."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from onrecord.reading import read_path
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings

BODY = (
    "The council of Arvelsk said on Friday that the lift bridge would stay shut until the northern towns have voted.",
    '"If they open it before the vote, we leave the talks," said Ana Orel, who has led the city for six years.',
    "A decision is expected within a week, officials said, although the ministry has named no date so far.",
)


@pytest.fixture
def body() -> tuple[str, ...]:
    """Three paragraphs of an invented article."""
    return BODY


@pytest.fixture
def make_page() -> Callable[..., str]:
    """Builds a news page: head, navigation, article, related links, footer."""

    def make(
        paragraphs: Iterable[str] = BODY, head: str = "", article: str = "", title: str = "Arvelsk keeps bridge shut"
    ) -> str:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return (
            f"<!DOCTYPE html><html lang='en'><head><title>{title} | The Lantern</title>{head}</head><body>"
            "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
            f"<main><article><h1>{title}</h1>{text}{article}</article></main>"
            "<aside><h3>Most read</h3><ul><li><a href='/1'>Ferry timetable changes</a></li></ul></aside>"
            "<footer><p>All rights reserved by The Lantern</p></footer></body></html>"
        )

    return make


@pytest.fixture
def read_file(tmp_path: Path) -> Callable[..., list[Document | Rejected]]:
    """Writes bytes or text under a name and reads them."""

    def read(name: str, content: bytes | str, **limits: float) -> list[Document | Rejected]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_path(path, Settings(**limits)))  # type: ignore[arg-type]

    return read


@pytest.fixture
def read_one(read_file: Callable[..., list[Document | Rejected]]) -> Callable[..., Document]:
    """Reads what must be exactly one document."""

    def read(name: str, content: bytes | str, **limits: float) -> Document:
        (item,) = read_file(name, content, **limits)
        assert isinstance(item, Document), item
        return item

    return read


@pytest.fixture
def reject_one(read_file: Callable[..., list[Document | Rejected]]) -> Callable[..., Rejected]:
    """Reads what must be refused as a whole."""

    def read(name: str, content: bytes | str, **limits: float) -> Rejected:
        (item,) = read_file(name, content, **limits)
        assert isinstance(item, Rejected), item
        return item

    return read
