"""Bring the red lines of a ledger up to date, beside whoever else writes to it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from onrecord.batch.remembering import Remembering
from onrecord.errors import ConflictError
from onrecord.ledger import View, Writer
from onrecord.pipeline import Resources, relate_archive

RELATE_TRIES = 5  # two runs at once seldom collide twice


def relate_all(resources: Resources, writer: Writer, view: View, *, whole: bool = False) -> int:
    """Bring the red lines of the ledger up to date, and return how many there are.

    whole: form all of them again, also those that no new document concerns.
    Where another run adds documents meanwhile, the lines are old before they are stored, and are formed again.
    Raises ConflictError where that happens RELATE_TRIES times in a row; the other run then stores lines of its own.
    """
    for attempt in range(1, RELATE_TRIES + 1):
        generation = view.generation()
        remembering = Remembering(resources.encoder, view.vectors)
        with _uncollected():
            related = relate_archive(view, replace(resources, encoder=remembering), whole=whole)
        if related is None:
            break
        try:
            writer.record_lines(
                related.lines,
                generation=generation,
                joins=related.joins,
                rejoined=related.rejoined,
                replaced=related.replaced,
                workings=related.workings,
            )
            writer.keep_vectors(remembering.new, remembering.used if related.replaced is None else None)
        except ConflictError:
            if attempt == RELATE_TRIES:
                raise
        else:
            break
    return view.counts().lines


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage is collected meanwhile: all that relating makes is held to its end, and looking it through again
    and again takes a sixth of the time.
    """
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()
