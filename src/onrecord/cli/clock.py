"""The time of day; only the edges ask for it."""

from datetime import UTC, datetime


def now() -> str:
    """Now, as ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
