"""How much of a container is read. Beside Settings, which a user may change; these only tests do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what one container may hold.

    line_bytes: longest line of JSON Lines. items: of a feed, a JSON list or a CSV. members: of a zip or tar.
    unpacked_bytes: all members of one archive together. listing_bytes: a zip's table of contents.
    """

    line_bytes: int = 10_000_000
    items: int = 10_000
    members: int = 10_000
    unpacked_bytes: int = 2_000_000_000
    listing_bytes: int = 5_000_000
