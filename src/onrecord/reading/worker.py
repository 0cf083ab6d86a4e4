"""The child process: parses what it is sent, one file at a time, under limits on memory and processor time."""

import json
import resource
import socket
import sys

from onrecord.errors import ReadingError
from onrecord.reading.extracts import Extract
from onrecord.reading.parser import receive_message, send_message
from onrecord.records.codec import to_plain


def main(arguments: list[str]) -> None:
    """Serve the socket on standard input until it closes. arguments: seconds and bytes a file may cost."""
    seconds, most_bytes = float(arguments[0]), int(arguments[1])
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
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


def limit_processor(seconds: float) -> None:
    """Let the kernel end us if we outlive the parent's patience by far (the parent may be gone)."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + 2 * seconds) + 5, hard))


def answer_request(header: dict[str, str], raw: bytes) -> tuple[dict[str, str], bytes]:
    """Header and body of the answer: extracts as JSON, or an error with its code."""
    try:
        extracts = parse(header, raw)
    except ReadingError as error:
        return {"error": str(error), "code": error.code}, b""
    except MemoryError:
        return {"error": "needed more memory than a file may cost", "code": "memory", "spent": "yes"}, b""
    except RecursionError:
        return {"error": "is nested too deeply", "code": "too_deep", "spent": "yes"}, b""
    except Exception as error:  # noqa: BLE001 - whatever a foreign parser raises becomes one rejected file
        return {"error": f"cannot be parsed ({type(error).__name__})", "code": "unreadable"}, b""
    return {"done": "yes"}, json.dumps([to_plain(extract) for extract in extracts]).encode()


def parse(header: dict[str, str], raw: bytes) -> tuple[Extract, ...]:
    """The extracts of one file; the format's own module is loaded when it is first needed."""
    match header["kind"]:
        case "html":
            from onrecord.reading.pages import parse_page

            return (parse_page(raw, header.get("charset"), header.get("url")),)
    raise ReadingError(f"no parser for {header['kind']}")


if __name__ == "__main__":
    main(sys.argv[1:])
