"""What a fetch brought back; apart from the fetcher, so that reading files loads nothing of the network."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: from which address at which time, over which hops, and the decoded bytes.

    fetched_at: ISO 8601 with zone. connected: the network address of the last hop.
    """

    requested: str
    url: str
    hops: tuple[str, ...]
    status: int
    content_type: str
    charset: str | None
    body: bytes
    fetched_at: str
    connected: str
