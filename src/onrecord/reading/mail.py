"""Mail (EML) and saved pages in mail form (MHTML) → their article."""

import email
import email.policy
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart

from onrecord.errors import ReadingError
from onrecord.reading.days import one_day, published_by, read_stamp
from onrecord.reading.decoding import decode_bytes
from onrecord.reading.extracts import Extract, add_notes, put_above
from onrecord.reading.fragments import fragment_text
from onrecord.reading.links import web_address
from onrecord.reading.pages import parse_page
from onrecord.records.documents import Candidate

LEAST_TEXT = 200  # characters; a shorter main text of a newsletter means that its layout was misread
LONGEST_FIELD = 400  # characters


def parse_mail(raw: bytes) -> Extract:
    """The article in a mail: its plain text, or its HTML. The subject is the headline, Date the date.

    Who sent it is kept as author and as a candidate for the outlet, not taken for it.
    """
    message = _read_message(raw)
    extract = _plain_body(message) or _html_body(message)
    if extract is None:
        raise ReadingError("needed a mail with text, found none", code="no_text")
    subject, sender, date = (_field(message, name) for name in ("subject", "from", "date"))
    day = read_stamp(date)
    attachments = sum(1 for _ in message.iter_attachments())
    notes = (f"attachments:{attachments}",) if attachments else ()
    found = (("published", date), ("outlet", sender))
    candidates = tuple(Candidate(name, value, "mail header") for name, value in found if value)
    extract = put_above(extract, subject)
    return replace(
        add_notes(extract, *notes),
        published=one_day(day, "mail header") if day else extract.published,
        author=sender or extract.author,
        candidates=(*extract.candidates, *candidates),
    )


def parse_mhtml(raw: bytes) -> Extract:
    """The article of a page saved as MHTML. Its URL is where it was saved from, its Date header when it was saved."""
    message = _read_message(raw)
    address = web_address(_field(message, "snapshot-content-location") or _field(message, "content-location"))
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            address = address or web_address(_field(part, "content-location"))
            extract = parse_page(_payload(part), part.get_content_charset(), address)
            saved = Candidate("saved", _field(message, "date"), "mail header")
            published = published_by(extract.published, saved.value, "saved")
            kept = (saved,) if saved.value else ()
            return replace(extract, published=published, candidates=(*extract.candidates, *kept))
    raise ReadingError("needed an MHTML file with a page in it, found none", code="no_text")


def _read_message(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise ReadingError("needed a mail with header fields, got none", code="wrong_type")
    return message


def _field(message: EmailMessage, name: str) -> str:
    """A header field as one line; empty where it is missing or cannot be read."""
    try:
        value = str(message.get(name, ""))
    except (MessageError, ValueError, IndexError, TypeError, AttributeError):  # the library fails in all these ways
        return ""
    return " ".join(value.encode("utf-8", errors="replace").decode("utf-8").split())[:LONGEST_FIELD]


def _payload(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _plain_body(message: EmailMessage) -> Extract | None:
    part = message.get_body(("plain",))
    if part is None:
        return None
    decoded = decode_bytes(_payload(part), part.get_content_charset())
    return Extract(decoded.text, notes=decoded.notes) if decoded.text.strip() else None


def _html_body(message: EmailMessage) -> Extract | None:
    """The main text of an HTML mail, or all of its text where the layout hides the main part."""
    part = message.get_body(("html",))
    if part is None:
        return None
    raw, charset = _payload(part), part.get_content_charset()
    try:
        extract = parse_page(raw, charset)
    except ReadingError as error:
        if error.code != "no_text":
            raise
        extract = Extract("")
    if len(extract.text) >= LEAST_TEXT:
        return extract
    decoded = decode_bytes(raw, charset)
    text = fragment_text(decoded.text)
    return Extract(text, notes=decoded.notes) if text else None
