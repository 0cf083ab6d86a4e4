"""The child process: parses what it is sent, one file at a time, under limits on memory and processor time."""

import json
import resource
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module

from onrecord.errors import ReadingError
from onrecord.reading.extracts import Parsed, collect
from onrecord.reading.limits import Limits
from onrecord.reading.parser import receive_message, send_message
from onrecord.records.codec import to_plain

# Which module parses what; loaded when first needed, since each brings a large library.
MODULES = {
    "html": "pages",
    "article": "jsons",
    "json": "jsons",
    "csv": "tables",
    "feed": "feeds",
    "mail": "mail",
    "mhtml": "mail",
    "pdf": "pdfs",
    "docx": "docx_files",
    "record": "web_records",
}


def main(arguments: list[str]) -> None:
    """Serve the socket on standard input until it closes.

    arguments: seconds and bytes a file may cost; the kind of the first file, whose parser is loaded beforehand.
    """
    seconds, most_bytes = float(arguments[0]), int(arguments[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what ends
    limit_memory(most_bytes)
    import_module(f"onrecord.reading.{MODULES[arguments[2]]}")
    with socket.socket(fileno=0) as connection:
        send_message(connection, {"ready": "yes"}, b"")
        while True:
            try:
                header, raw = receive_message(connection, None)
            except EOFError:
                return
            limit_processor(seconds)
            answer, body = answer_request(header, raw)
            send_message(connection, answer, body)


def limit_memory(most_bytes: int) -> None:
    """Refuse more memory than a file may cost, and leave no core file behind."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS does not offer this limit; the one on time still holds
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def limit_processor(seconds: float) -> None:
    """Let the kernel end us if we outlive the parent's patience by far (the parent may be gone)."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + 2 * seconds) + 5, hard))


def answer_request(header: dict[str, str], raw: bytes) -> tuple[dict[str, str], bytes]:
    """Header and body of the answer: extracts as JSON, or an error with its code."""
    try:
        parsed = parse(header, raw)
    except ReadingError as error:
        return {"error": str(error), "code": error.code}, b""
    except MemoryError:
        return {"error": "needed more memory than a file may cost", "code": "memory", "spent": "yes"}, b""
    except RecursionError:
        return {"error": "is nested too deeply", "code": "too_deep", "spent": "yes"}, b""
    except Exception as error:  # noqa: BLE001 - whatever a foreign parser raises becomes one rejected file
        return {"error": f"cannot be parsed ({type(error).__name__})", "code": "unreadable"}, b""
    return {"done": "yes"}, json.dumps(to_plain(parsed)).encode()


def parse(header: dict[str, str], raw: bytes) -> Parsed:
    """What one file holds. The format's own module is loaded when it is first needed."""
    path = header.get("path", "")
    limits = Limits(items=int(header.get("items", Limits().items)))
    match header["kind"]:
        case "html":
            from onrecord.reading.pages import parse_page

            return Parsed((parse_page(raw, header.get("charset"), header.get("url")),))
        case "article":
            from onrecord.reading.jsons import parse_article

            return Parsed((parse_article(raw, header.get("at", "")),))
        case "json":
            from onrecord.reading.jsons import parse_articles

            return collect(parse_articles(raw, path, limits.items))
        case "csv":
            from onrecord.reading.tables import parse_table

            return collect(parse_table(raw, path, limits))
        case "feed":
            from onrecord.reading.feeds import parse_feed

            return collect(parse_feed(raw, path, limits))
        case "mail":
            from onrecord.reading.mail import parse_mail

            return Parsed((parse_mail(raw),))
        case "mhtml":
            from onrecord.reading.mail import parse_mhtml

            return Parsed((parse_mhtml(raw),))
        case "pdf":
            from onrecord.reading.pdfs import parse_pdf

            return Parsed((parse_pdf(raw),))
        case "docx":
            from onrecord.reading.docx_files import parse_docx

            return Parsed((parse_docx(raw),))
        case "record":
            from onrecord.reading.web_records import parse_record

            return collect(parse_record(raw))
    raise ReadingError(f"no parser for {header['kind']}")


if __name__ == "__main__":
    main(sys.argv[1:])
