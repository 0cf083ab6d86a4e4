"""The version of the rules names what decided: another rule or word list is another annotator."""

from pathlib import Path

import pytest

from onrecord.linking.knowledge import load_knowledge
from onrecord.pipeline import Resources
from onrecord.records.scores import Float, WordScores, empty_scores
from onrecord.rules import DECIDING, ENDINGS, hash_rules, rules_version
from onrecord.settings import Settings


class Named:
    """An encoder with nothing but a name."""

    version = "tagger-made"

    def score(self, text: str) -> WordScores:
        return empty_scores()

    def embed(self, sentences: tuple[str, ...]) -> Float:
        raise NotImplementedError

    sense = embed


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one file of each kind."""
    for part in DECIDING:
        place = tmp_path / part if part.endswith(ENDINGS) else tmp_path / part / "deep" / "rules.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("first")
    (tmp_path / "lexicon" / "words.yml").write_text("words: [quay]")
    return tmp_path


@pytest.mark.parametrize("changed", ["annotation/deep/rules.py", "lexicon/words.yml", "pipeline.py", "linking/new.py"])
def test_another_rule_is_another_version(package: Path, changed: str) -> None:
    before = hash_rules(package)
    (package / changed).write_text("second")
    assert hash_rules(package) != before


@pytest.mark.parametrize("other", ["web/pages.py", "encoder/files/tagger.onnx", "annotation/__pycache__/rules.pyc"])
def test_what_decides_nothing_changes_nothing(package: Path, other: str) -> None:
    before = hash_rules(package)
    (package / other).parent.mkdir(parents=True, exist_ok=True)
    (package / other).write_text("something else")
    assert hash_rules(package) == before


def test_words_moved_from_one_file_to_another_are_another_version(package: Path) -> None:
    before = hash_rules(package)
    (package / "lexicon" / "words.yml").rename(package / "lexicon" / "terms.yml")
    assert hash_rules(package) != before


def test_the_annotator_names_the_model_and_the_rules() -> None:
    annotator = Resources(Named(), load_knowledge(None), Settings()).annotator
    assert annotator.endswith(f"+tagger-made+{rules_version()}")


def annotator_with(path: Path, text: str) -> str:
    """The annotator that reads a user's list of actors."""
    path.write_text(text)
    return Resources(Named(), load_knowledge(path), Settings(knowledge=path)).annotator


def test_another_list_of_actors_is_another_annotator_and_the_same_list_written_otherwise_is_not(tmp_path: Path) -> None:
    none = Resources(Named(), load_knowledge(None), Settings()).annotator
    first = annotator_with(tmp_path / "a.yml", "people:\n  - {name: Ada Orvo, country: LV}\n")
    same = annotator_with(tmp_path / "b.yml", "# ours\npeople:\n  - country: LV\n    name: Ada Orvo\n")
    other = annotator_with(tmp_path / "a.yml", "people:\n  - {name: Ada Orvo, country: EE}\n")
    assert first.startswith(f"{none}+actors-")
    assert same == first
    assert len({none, first, other}) == 3
