"""The values a list may be narrowed by, with labels for people to read."""

from dataclasses import dataclass

from onrecord.lexicon.labels import ACT, DIRECTNESS, ROLLUP
from onrecord.records.rows import Facet, Facets
from onrecord.web.signs import REVIEW

FACET_NAMES = {
    "who": "Who",
    "outlet": "Outlet",
    "directness": "Form",
    "act": "Act",
    "state": "What happened",
    "review": "Review",
}
LABELS = {
    "directness": {key.value: label.text for key, label in DIRECTNESS.items()},
    "act": {key.value: label for key, label in ACT.items()},
    "state": {key.value: label.text for key, label in ROLLUP.items()},
    "review": {key.value: label.text for key, label in REVIEW.items()},
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One value to narrow by, and how many rows have it."""

    value: str
    label: str
    count: int


def offer(facets: Facets, field: str, chosen: str) -> tuple[Offered, ...]:
    """The values of one facet; the chosen one stays in the list even where nothing else meets the other choices."""
    counted: tuple[Facet, ...] = getattr(facets, field)
    names = LABELS.get(field, {})
    offered = [Offered(each.value, names.get(each.value, each.label), each.count) for each in counted]
    if chosen and chosen not in {each.value for each in offered}:
        offered.insert(0, Offered(chosen, names.get(chosen, chosen), 0))
    return tuple(offered)
