"""Who said what, on what condition, and what came of it: every record pinned to its words in the source.

import onrecord
findings = onrecord.read("article.txt")
ledger = onrecord.open("onrecord.db")
for row in ledger.red_lines():
    print(row.line.issuer_name, row.line.condition, row.line.consequence)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import Book, Readings, Rows, open, read
    from onrecord.errors import OnRecordError
    from onrecord.settings import Settings

__version__ = "0.1.0"
__all__ = ["Book", "OnRecordError", "Readings", "Rows", "Settings", "__version__", "open", "read"]

_HOMES = {
    "Book": "onrecord.api",
    "Readings": "onrecord.api",
    "Rows": "onrecord.api",
    "open": "onrecord.api",
    "read": "onrecord.api",
    "OnRecordError": "onrecord.errors",
    "Settings": "onrecord.settings",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that `import onrecord` costs next to nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
