"""Every attack of the list has a test that names it: the threat model in SECURITY.md points here."""

import csv
import re
from collections import defaultdict
from pathlib import Path

TESTS = Path(__file__).parents[1]
LIST = Path(__file__).with_name("list.csv")
TEST = re.compile(r"^ *def (test_attacks?_\w+)", re.MULTILINE)
NUMBERS = re.compile(r"test_attacks?((?:_(?:and_)?\d+)+)(?=_|$)")

# Attacks that no test makes, each with its reason.
NOT_COVERED: dict[int, str] = {}


def numbers_of(name: str) -> set[int]:
    """The attacks that a test's name names: `test_attack_13_14_entities…` names two."""
    found = NUMBERS.match(name)
    return {int(each) for each in re.findall(r"\d+", found[1])} if found else set()


def find_named() -> dict[int, list[str]]:
    named: dict[int, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for name in TEST.findall(path.read_text(encoding="utf-8")):
            for number in numbers_of(name):
                named[number].append(f"{path.relative_to(TESTS)}::{name}")
    return named


def listed() -> dict[int, str]:
    with LIST.open(encoding="utf-8", newline="") as stream:
        return {int(row["number"]): row["title"] for row in csv.DictReader(stream)}


def test_names_are_read_as_they_are_meant() -> None:
    assert numbers_of("test_attack_28_and_29_a_megabyte") == {28, 29}
    assert numbers_of("test_attack_39_40_a_disk") == {39, 40}
    assert numbers_of("test_attacks_are_listed") == set()


def test_every_attack_has_a_test_or_says_why_not() -> None:
    assert set(listed()) == set(range(1, 65))
    assert set(listed()) - set(find_named()) == set(NOT_COVERED)


def test_no_test_names_an_attack_that_is_not_listed() -> None:
    assert set(find_named()) - set(listed()) == set()
