"""Two versions of one article are two documents of one source, and what differs is shown."""

from pathlib import Path
from typing import Any

import pytest

PAGE = (
    "<html lang='en'><head><title>Bridge shut | The Lantern</title>"
    "<link rel='canonical' href='https://lantern.example/2031/bridge{tail}'>"
    "<meta property='article:published_time' content='2031-03-04T10:00:00Z'>"
    "<meta property='article:modified_time' content='{modified}'></head><body><article><h1>Bridge shut</h1>"
    "<p>The council of Arvelsk said on Friday that the lift bridge would stay shut until the towns have voted.</p>"
    "<p>“If they open it before the vote, we {deed} the talks,” said Ana Orel, who has led the city for years.</p>"
    "{more}</article></body></html>"
)
LATER = "<p>A spokesman said in the evening that the mayor had been misquoted.</p>"


@pytest.fixture
def pages(tmp_path: Path) -> tuple[Path, Path]:
    """An article, and the same one as it stood a day later."""
    old, new = tmp_path / "old.html", tmp_path / "new.html"
    old.write_text(PAGE.format(tail="", modified="2031-03-04T10:00:00Z", deed="leave", more=""), encoding="utf-8")
    late = PAGE.format(tail="?utm_source=feed", modified="2031-03-05T10:00:00Z", deed="suspend", more=LATER)
    new.write_text(late, encoding="utf-8")
    return old, new


def test_show_tells_what_an_older_and_a_newer_version_say(
    onrecord: Any, finds_nothing: Any, pages: tuple[Path, Path]
) -> None:
    assert "2 added" in onrecord("add", *map(str, pages)).err
    rows = onrecord("documents", "--format", "csv").out.splitlines()
    old, new = (next(row.split(",")[0] for row in rows if path.name in row) for path in pages)
    said = " ".join(onrecord("show", new).out.split())
    assert "An older version of this article" in said
    assert "was “leave” now “suspend”" in said
    assert "was nothing now “A spokesman said in the evening that the mayor had been misquoted.”" in said
    assert "A newer version of this article" in onrecord("show", old).out


def test_a_document_without_another_version_tells_of_none(onrecord: Any, finds_nothing: Any, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        PAGE.format(tail="", modified="2031-03-04", deed="leave", more=""), encoding="utf-8"
    )
    onrecord("add", str(tmp_path / "a.html"))
    rows = onrecord("documents", "--format", "csv").out.splitlines()
    said = onrecord("show", next(row.split(",")[0] for row in rows if "a.html" in row)).out
    assert "Bridge shut" in said
    assert "version of this article" not in said
