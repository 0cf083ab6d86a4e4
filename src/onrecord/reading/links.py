"""Web addresses as articles carry them: kept as text, checked for shape, never fetched here."""

from urllib.parse import urljoin, urlsplit

LONGEST = 2_000  # characters


def web_address(link: str | None, base: str | None = None) -> str | None:
    """The link as an absolute http(s) address without control characters; None if it is none, such as `javascript:`."""
    try:
        address = urljoin(base or "", (link or "").strip()[:LONGEST])
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    plain = address.isprintable() and " " not in address
    return address if parts.scheme in ("http", "https") and host and plain else None
