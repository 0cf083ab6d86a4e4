"""Annotators without a model, loaded by worker processes. Words in a text make them misbehave."""

import os
import signal
import time
from pathlib import Path

from onrecord.batch.annotating import Annotate, Annotated
from onrecord.errors import ModelError
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Document, Rejected, hash_text
from onrecord.records.findings import Findings
from onrecord.settings import Settings


def made_document(name: str, words: str = "") -> Document:
    """A document whose text tells the stand-in what to do."""
    text = f"Ferry {name} is late\nThe harbour office said that ferry {name} would be late again. {words}\n"
    return Document(hash_text(text), f"{name}.txt", f"Ferry {name} is late", text)


def load(_settings: Settings) -> Annotate:
    """Finds nothing; `crash`, `hang` and `fill` in the text end the process, `once PATH` ends it the first time."""
    return _annotate


def load_nothing(_settings: Settings) -> Annotate:
    """A model file that was changed."""
    raise ModelError("the model file was changed")


def load_telling(_settings: Settings) -> Annotate:
    """Tells, as a code, how many word lists its process has read."""
    return lambda document: Rejected(document.path, "annotation", str(load_lexicon.cache_info().currsize), "")


def _annotate(document: Document) -> Annotated | Rejected:
    words = document.text.split()
    if "crash" in words:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "hang" in words:
        time.sleep(600)
    if "fill" in words:
        held = [bytearray(50_000_000) for _ in range(100)]
        return Rejected(document.path, "annotation", "unlimited", f"{len(held)} pieces")
    if "once" in words:
        mark = Path(words[words.index("once") + 1])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if "slow" in words:
        time.sleep(0.2)
    if "bad" in words:
        return Rejected(document.path, "annotation", "record", "a span outside its text")
    return Findings(document, annotator="stand-in"), ()
