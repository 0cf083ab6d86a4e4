"""Where the sample coverage lies on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def sample_folder() -> Iterator[Path]:
    """The folder with `articles/` and `metadata.csv`, unpacked for as long as the block runs if it must be."""
    with as_file(files("onrecord") / "sample") as folder:
        yield folder
