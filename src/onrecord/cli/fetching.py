"""Web addresses among what `add` is given: fetched only with `--fetch`, all by one fetcher.

One fetcher for a whole run knows each site's robots rules and when the site was last asked. It is loaded only when the
flag is given, so that without it no code that could reach a network is there.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.reading.fetching import Fetcher, Policy
    from onrecord.records.documents import Document, Rejected
    from onrecord.settings import Settings

SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")  # two letters at least: C:// is a drive


class Place(click.ParamType[Path | str]):
    """A path, or a web address as it was typed: a path would lose one of its slashes."""

    name = "path"
    _path = click.Path(path_type=Path, allow_dash=True)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """The address or path meant."""
        if isinstance(value, str) and SCHEME.match(value):
            return value
        return Path(self._path.convert(value, param, ctx))


@dataclass(frozen=True, slots=True)
class Fetching:
    """Addresses to fetch, and the fetcher for all of them. follow: read the pages that a feed links to."""

    addresses: tuple[str, ...]
    fetcher: "Fetcher"
    follow: bool = False

    def read(self, settings: "Settings", step: Callable[[str], None]) -> "Iterator[Document | Rejected]":
        """Every document at every address, with where and when it was fetched. `step` is told of each beforehand."""
        from onrecord.reading.remote import read_url

        for address in self.addresses:
            step(address)
            yield from read_url(address, self.fetcher, settings, follow=self.follow)


def form_policy() -> "Policy":
    """What a fetch may do and cost: public addresses only, robots rules obeyed, a second between two requests."""
    from onrecord.reading.fetching import Policy

    return Policy()


def part_places(places: tuple[Path | str, ...]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The paths and the addresses, each in their order and once."""
    paths = tuple(place for place in places if isinstance(place, Path))
    return paths, tuple(dict.fromkeys(place for place in places if isinstance(place, str)))


def open_fetching(addresses: tuple[str, ...], *, allowed: bool, follow: bool) -> Fetching | None:
    """The fetching of these addresses, None where there are none. Raises UsageError where no flag allows it."""
    if not addresses:
        return None
    if not allowed:
        raise click.UsageError(f"needed --fetch to go to the network for {addresses[0]}; nothing was asked there")
    from onrecord.reading.fetching import Fetcher

    return Fetching(addresses, Fetcher(form_policy()), follow)
