"""The one tree of errors. Each says what was needed, what came, and where.

OnRecordError
├── ReadingError      bytes that are no article, or may not be read
├── ModelError        a model file that is missing, changed or of another shape
├── LexiconError      a word list that cannot be loaded
├── RecordError       a record that breaks its own contract (a span outside its text)
├── LedgerError       the ledger cannot be opened, written or trusted
│   ├── LedgerBusyError
│   ├── LedgerVersionError
│   ├── ConflictError     someone else was faster
│   └── MismatchError     text and hash disagree
└── ExportError       a file that cannot be written
"""


class OnRecordError(Exception):
    """The base of all our errors. `code` is a short stable word for reports and exit codes."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class ReadingError(OnRecordError):
    """An input that cannot be read as an article; `code` says why (`no_text`, `wrong_type`, ...)."""

    code = "unreadable"


class ModelError(OnRecordError):
    """A model file is missing, was changed, or has another shape than the code expects."""

    code = "model"


class LexiconError(OnRecordError):
    """A word list is missing or malformed."""

    code = "lexicon"


class RecordError(OnRecordError):
    """A record breaks its own contract, such as a span outside its text."""

    code = "record"


class LedgerError(OnRecordError):
    """The ledger cannot be opened, written or trusted."""

    code = "ledger"


class LedgerBusyError(LedgerError):
    """Another process holds the ledger for writing."""

    code = "ledger_busy"


class LedgerVersionError(LedgerError):
    """The ledger was written by a newer program, or the SQLite library is unsafe."""

    code = "ledger_version"


class ConflictError(LedgerError):
    """Another answer came in first. review, sequence, reviewer: the newer state, to be shown and answered to."""

    code = "conflict"

    def __init__(self, message: str, *, review: str = "", sequence: int = 0, reviewer: str | None = None) -> None:
        super().__init__(message)
        self.review = review
        self.sequence = sequence
        self.reviewer = reviewer


class MismatchError(LedgerError):
    """A text and its hash disagree, or the log's chain is broken."""

    code = "mismatch"


class ExportError(OnRecordError):
    """An export cannot be written."""

    code = "export"
