# ruff: noqa: E501 - tables of cases read better unbroken
"""PDF, DOCX, mail, MHTML and Markdown."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage

import docx
import pytest

from onrecord.records.documents import Document, Rejected
from onrecord.records.spans import quote_span

Read = Callable[..., Document]
ReadAll = Callable[..., list[Document | Rejected]]
Reject = Callable[..., Rejected]
Page = Callable[..., str]


def kinds_of(document: Document) -> list[tuple[str, str]]:
    return [(part.kind.value, quote_span(document.text, part.span)) for part in document.parts]


def make_pdf(pages: list[list[str]]) -> bytes:
    """A PDF of pages of lines, written by hand: a catalogue, a font, and a content stream a page."""
    streams = ["BT /F1 11 Tf 14 TL 50 750 Td " + " ".join(f"({line}) Tj T*" for line in page) + " ET" for page in pages]
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(count))}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{item}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + tail.encode()


LINES = [
    "The harbour master said the strait would stay open to ferries for the",
    "rest of the year, and that nobody had asked her to close it for even one",
    "single day.",
    "Owners were silent. They have lost a third of their income since the lift",
    "bridge was shut.",
]


def test_a_pdf_reads_as_paragraphs_without_its_running_heads(read_one: Read) -> None:
    towns = ["Dresva", "Arvelsk", "Marrow", "Tolm"]
    pages = [
        ["The Lantern - Coast", f"{town}: {LINES[0]}", *LINES[1:4], f"{LINES[4]} {town} waits.", f"{number} of 4"]
        for number, town in enumerate(towns, 1)
    ]
    document = read_one("a.pdf", make_pdf(pages))
    kinds = [kind for kind, _ in kinds_of(document)]
    assert (kinds.count("furniture"), kinds.count("body")) == (8, 8)
    assert "pages:4" in document.notes


def test_a_pdf_of_pictures_alone_has_no_text(reject_one: Reject) -> None:
    rejected = reject_one("a.pdf", make_pdf([[], []]))
    assert rejected.code == "no_text"
    assert "scanned" in rejected.reason


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 and then nothing", make_pdf([LINES])[:200], b"%PDF-1.4\n" + b"\0" * 1000]
)
def test_a_broken_pdf_is_refused(reject_one: Reject, content: bytes) -> None:
    assert reject_one("a.pdf", content).code in ("damaged", "no_text", "unreadable")


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.jsonl"])
def test_attack_22_a_pdf_under_a_wrong_name_is_refused(reject_one: Reject, name: str) -> None:
    assert reject_one(name, make_pdf([LINES])).code == "wrong_type"


@pytest.mark.parametrize(("name", "content"), [("a.txt", b"\x89PNG\r\n\x1a\n123"), ("a.html", b"\xff\xd8\xff\xe0JFIF"), ("a.md", b"\x7fELF\2\1\1"), ("a.pdf", b"plain words"), ("a.zip", b"plain words"), ("a.txt", b"SQLite format 3\0"), ("a", b"PAR1\0\0")])  # fmt: skip
def test_attack_22_other_formats_under_a_wrong_name_are_refused(reject_one: Reject, name: str, content: bytes) -> None:
    assert reject_one(name, content).code == "wrong_type"


@pytest.mark.parametrize(("name", "content", "code"), [("a.txt", b"", "empty"), ("a.html", b"", "empty"), ("a.txt", b" \n\t ", "no_text"), ("a.md", b"---\n---\n", "no_text"), ("a.txt", b"2031 -- 7", "no_text")])  # fmt: skip
def test_attack_22_files_without_words_are_refused(reject_one: Reject, name: str, content: bytes, code: str) -> None:
    assert reject_one(name, content).code == code


def make_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Bridge stays shut", style="Title")
    document.add_paragraph("The council said so on Friday.")
    document.add_paragraph("Ferries", style="Heading 1")
    document.add_paragraph("Share", style="Caption")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Northern towns", "61 per cent"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_docx_reads_by_its_styles(read_one: Read) -> None:
    document = read_one("a.docx", make_docx())
    assert kinds_of(document)[:4] == [
        ("headline", "Bridge stays shut"),
        ("body", "The council said so on Friday."),
        ("heading", "Ferries"),
        ("caption", "Share"),
    ]
    assert "Northern towns\t61 per cent" in document.text
    assert document.title == "Bridge stays shut"


def test_a_docx_bomb_is_refused(reject_one: Reject) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 60_000_000)
    assert reject_one("a.docx", out.getvalue()).code == "bomb"


@pytest.mark.parametrize("content", [make_docx()[:700], b"PK\x03\x04" + b"\0" * 50])
def test_a_broken_docx_is_refused(reject_one: Reject, content: bytes) -> None:
    assert reject_one("a.docx", content).code in ("damaged", "wrong_type")


def make_mail(text: str | None = None, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "The Lantern <desk@lantern.example>"
    message["Subject"] = "Bridge stays shut – says Müller"
    message["Date"] = "Tue, 04 Mar 2031 23:10:00 -0500"
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    return message


def test_a_mail_reads_as_subject_and_text(read_one: Read) -> None:
    message = make_mail("The council said so.\nNobody – nobody – answered.\n", "<p>other</p>")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    document = read_one("a.eml", message.as_bytes())
    assert document.text == "Bridge stays shut – says Müller\nThe council said so.\nNobody – nobody – answered.\n"
    assert (document.title, document.published.earliest) == ("Bridge stays shut – says Müller", date(2031, 3, 4))
    assert document.outlet.name is None
    assert ("outlet", "The Lantern <desk@lantern.example>") in {
        (each.field, each.value) for each in document.candidates
    }
    assert "attachments:1" in document.notes


def test_an_html_mail_reads_as_its_text(read_one: Read, body: tuple[str, ...]) -> None:
    cells = "".join(f"<tr><td>{paragraph}</td></tr>" for paragraph in body)
    document = read_one("a.eml", make_mail(html=f"<table><tr><td><table>{cells}</table></td></tr></table>").as_bytes())
    assert all(paragraph in document.text for paragraph in body)


def test_an_mhtml_page_reads_as_the_page_it_saved(read_one: Read, make_page: Page, body: tuple[str, ...]) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://lantern.example/coast/1"
    message["MIME-Version"] = "1.0"
    message.set_content(make_page(), subtype="html")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png", cid="<a>")
    document = read_one("a.mhtml", message.as_bytes())
    assert all(paragraph in document.text for paragraph in body)
    assert document.url == "https://lantern.example/coast/1"


@pytest.mark.parametrize(
    "content", ["no header\n\nwords", "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b--\n"]
)
def test_mails_without_text_are_refused(reject_one: Reject, content: str) -> None:
    assert reject_one("a.eml", content).code in ("no_text", "wrong_type")


MARKDOWN = """---
title: Bridge stays shut
outlet: The Lantern
date: 2031-03-04
url: https://lantern.example/1
draft: [1, 2]
---
# Bridge *stays* shut

The council said **so**.

## What next ##

> “No,” said Ana Orel.

Below
-----
Nobody answered.
"""


def test_markdown_stays_as_written_and_its_headings_are_known(read_one: Read) -> None:
    document = read_one("a.md", MARKDOWN)
    assert document.text == MARKDOWN
    found = kinds_of(document)
    assert [text for kind, text in found if kind == "headline"] == ["Bridge *stays* shut"]
    assert [text for kind, text in found if kind == "heading"] == ["What next", "Below"]
    assert ("body", "> “No,” said Ana Orel.") in found
    assert (document.outlet.name, document.published.earliest, document.url) == (
        "The Lantern",
        date(2031, 3, 4),
        "https://lantern.example/1",
    )


@pytest.mark.parametrize(
    "front",
    [
        "---\n: : :\n---\n",
        "---\n- a\n---\n",
        "---\na: &x [*x]\n---\n",
        "---\n" + "[" * 5000 + "\n---\n",
        "---\nnever closed\n",
    ],
)
def test_broken_front_matter_tells_nothing(read_one: Read, front: str) -> None:
    document = read_one("a.md", f"{front}The council said so.\n")
    assert document.outlet.name is None
    assert "The council said so." in document.text
