"""What every worker needs, once: importing this reads the word lists and compiles the patterns, and a copy has them.

A document of our own goes through the whole pipeline for that. Where that fails (a model file that was changed), each
worker meets the same error when it loads what it needs, and says so to its parent.
"""

from contextlib import suppress

from onrecord.batch.annotating import load_annotator
from onrecord.errors import OnRecordError
from onrecord.records.documents import Document, hash_text
from onrecord.settings import Settings

TEXT = """Harbour talks stall

VELLMOOR, 4 May 2021 - The harbour board said on Tuesday that it would close the quay if the dredger came back.

“Any fence at the weir is a red line,” foreign minister Ilva Braano told reporters in Vellmoor. “We will recall our
ambassador unless the boats are gone by Friday.” According to Delta Wire, President Tomas Eldberg denied that troops had
crossed the river last week. He said: “Ms Braano believes that nobody has answered her three letters.”

At least 40 people were hurt and 12 per cent of households had no power, officials claimed two days later.
"""


def warm_up() -> None:
    """Annotate our own document, and drop what came of it."""
    document = Document(hash_text(TEXT), "warm.txt", "Harbour talks stall", TEXT)
    with suppress(OnRecordError):
        load_annotator(Settings())(document)


warm_up()
