"""A web address taken apart for fetching; anything that two programs might read differently is refused."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from onrecord.errors import ReadingError

PORTS = {"http": 80, "https": 443}
LONGEST = 2_000  # characters
HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?)+$")
SAFE = "/%:@!$&'()*+,;=~-._?"  # what may stand in a path and query as it is


@dataclass(frozen=True, slots=True)
class Target:
    """Scheme, host in ASCII, port, and path with query of one address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, the port only if it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if PORTS[self.scheme] == self.port else f":{self.port}")

    @property
    def url(self) -> str:
        """The address in one spelling, without fragment."""
        return self.origin + self.path


def read_target(url: str, base: Target | None = None) -> Target:
    """The target of an address, or of a redirect seen from `base`.

    Raises ReadingError `bad_address` for other schemes, user names, control characters, backslashes and odd hosts.
    """
    if len(url) > LONGEST or not url.isprintable() or any(character in url for character in " \\"):
        raise ReadingError("needed a plain web address, got one with odd characters or too long", code="bad_address")
    try:
        parts = urlsplit(urljoin(base.url, url) if base else url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ReadingError(f"needed a web address: {error}", code="bad_address") from error
    if parts.scheme not in PORTS:
        raise ReadingError(f"needed an http or https address, got {parts.scheme[:20] or 'none'}", code="bad_address")
    if "@" in parts.netloc or not host:
        raise ReadingError("needed an address of a host alone, got one with a user name or none", code="bad_address")
    path = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
    return Target(parts.scheme, read_host(host), port or PORTS[parts.scheme], path)


def read_host(host: str) -> str:
    """The host in ASCII, small letters; full-width digits and the like become what they stand for (IDNA 2003)."""
    if ":" in host:
        return host.lower()  # IPv6 in brackets: judged after resolution like all others
    try:
        ascii_host = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ReadingError("needed a host name, got one that cannot be written in ASCII", code="bad_address") from error
    if not HOST.match(ascii_host):
        raise ReadingError("needed a host name of letters, digits and hyphens", code="bad_address")
    return ascii_host
