"""The version of the rules: it changes with every module and word list that decides what is found in a document."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

# What annotating reads, as paths under the package. Reading is left out: it decides which text a document is, and
# another text is another document. The model files are named by `encoder/manifest.py`, which is among these.
DECIDING = ("annotation", "encoder", "lexicon", "linking", "records", "pipeline.py", "redlines/statements.py")
# What relating documents reads beside their findings.
RELATING = ("encoder", "lexicon", "linking", "records", "redlines", "relating.py", "who.py")
ENDINGS = (".py", ".yml")
DIGITS = 8


@cache
def rules_version() -> str:
    """`rules-` and the first digits of a hash over the rules as installed; about 10 ms, once a process."""
    return f"rules-{hash_rules(files('onrecord'))[:DIGITS]}"


@cache
def relating_version() -> str:
    """The same for the rules that decide which red lines documents draw together."""
    return f"relating-{hash_rules(files('onrecord'), RELATING)[:DIGITS]}"


def hash_rules(package: Traversable, parts: tuple[str, ...] = DECIDING) -> str:
    """SHA-256 over the paths and contents of all files that decide, whatever order the folder lists them in."""
    whole = sha256()
    found = {path: file for part in parts for path, file in _walk(package.joinpath(part), part)}
    for path, file in sorted(found.items(), key=lambda item: item[0]):
        content = file.read_bytes()
        whole.update(f"{path}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def _walk(place: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    if place.is_file():
        if path.endswith(ENDINGS):
            yield path, place
    elif place.is_dir():
        for each in place.iterdir():
            yield from _walk(each, f"{path}/{each.name}")
