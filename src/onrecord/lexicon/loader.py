"""Reads the word lists that ship inside the package."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.errors import LexiconError

_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's parser is six times as fast where it is there


@cache
def load_lexicon(name: str) -> Any:
    """The parsed contents of `lexicon/<name>.yml`.

    Raises LexiconError if there is no such list or it is not YAML.
    """
    source = files("onrecord.lexicon").joinpath(f"{name}.yml")
    try:
        return yaml.load(source.read_text(encoding="utf-8"), Loader=_SAFE)
    except FileNotFoundError as error:
        raise LexiconError(f"needed the word list {name}.yml in the lexicon room, found none") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"the word list {name}.yml is not YAML: {error}") from error
