"""Other versions of an article on record, and what differs: shown below a document."""

from typing import TYPE_CHECKING

from onrecord.cli.screen import one_line, out, quoted

if TYPE_CHECKING:
    from onrecord.ledger import View
    from onrecord.reading.versions import Difference
    from onrecord.records.documents import Document

MOST = 20  # differences that are printed; a text that was written anew has hundreds


def print_versions(view: "View", document: "Document") -> None:
    """Print every other version of the article, the oldest first, with the words that differ from it."""
    from onrecord.cli.shown import short_id
    from onrecord.reading.versions import compare_versions, find_versions

    for version in find_versions((document, *_same_address(view, document))):
        at = version.index(document)
        for place, other in enumerate(version):
            if other.id != document.id:
                before, after = (other, document) if place < at else (document, other)
                found = compare_versions(before, after)
                age = "An older" if place < at else "A newer"
                line = f"{age} version of this article: {short_id(other.id)} {other.path}, {len(found)} differences"
                out().print(one_line(line), soft_wrap=True)
                _print_differences(found, before.text, after.text)


def _same_address(view: "View", document: "Document") -> "tuple[Document, ...]":
    """The documents of the same web address, tracking and the like left aside."""
    from onrecord.reading.versions import article_address

    if not document.url:
        return ()
    address = article_address(document.url)
    ids = [row.document for row in view.urls().rows if row.url and article_address(row.url) == address]
    return tuple(view.findings(each).document for each in ids if each != document.id)


def _print_differences(found: "tuple[Difference, ...]", before: str, after: str) -> None:
    for each in found[:MOST]:
        was = quoted(before[slice(*each.before)]) if each.before else "nothing"
        now = quoted(after[slice(*each.after)]) if each.after else "nothing"
        out().print(f"  was {one_line(was)}\n  now {one_line(now)}", soft_wrap=True)
    if len(found) > MOST:
        out().print(f"  and {len(found) - MOST} more")
