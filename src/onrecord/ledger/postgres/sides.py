"""Writer, View and checks on PostgreSQL: those of the file ledger, but for the search index."""

from onrecord.errors import RecordError
from onrecord.ledger.choosing import Choice
from onrecord.ledger.folding import Term, fold_words
from onrecord.ledger.postgres.schema import missing_parts
from onrecord.ledger.verifying import Check, verify_ledger, weigh
from onrecord.ledger.view import View
from onrecord.ledger.writer import Writer
from onrecord.records.findings import Findings
from onrecord.records.redlines import Statement
from onrecord.records.rows import Verification


class PostgresWriter(Writer):
    """See contract.Writer. This database stores no NUL character: a text with one is refused by `add`."""

    def add(self, findings: Findings, statements: tuple[Statement, ...]) -> bool:
        """See contract.Writer.add. Raises RecordError for a text with a NUL character."""
        if "\0" in findings.document.text:
            raise RecordError(f"{findings.document.path}: PostgreSQL stores no text with a NUL character")
        return super().add(findings, statements)

    def _index_words(self, place: int, text: str) -> None:
        self.database.run("INSERT INTO search VALUES (?, ?)", (place, fold_words(text)))

    def _drop_words(self, place: int, text: str) -> None:
        self.database.run("DELETE FROM search WHERE rowid = ?", (place,))


class PostgresView(View):
    """See contract.View."""

    def _holding(self, terms: tuple[Term, ...]) -> Choice:
        choice = Choice()
        for term in terms:
            _hold(choice, term)
        return choice

    def verify(self) -> Verification:
        """See contract.View.verify."""
        return verify_ledger(PostgresCheck(self.database))


def _hold(choice: Choice, term: Term) -> None:
    """The text holds the term: whole words by the index, phrases and beginnings by looking into what it finds."""
    whole = term.words[:-1] if term.prefix else term.words
    for word in whole:
        choice.add("string_to_array(words, ' ') @> ARRAY[CAST(? AS text)]", word)
    if term.prefix or len(term.words) > 1:
        end = "" if term.prefix else " "
        choice.add("instr(' ' || words || ' ', ?) > 0", f" {' '.join(term.words)}{end}")


class PostgresCheck(Check):
    """The file ledger's checks; pages and files are the server's own business."""

    def file(self) -> None:
        """Nothing: the server checks its pages (`pg_amcheck`, data checksums)."""

    def schema(self) -> None:
        """Tables, indexes and guards against those that make a ledger."""
        for name in missing_parts(self.database):
            self.report(f"schema {name}", "was taken away or switched off")

    def search(self) -> None:
        """The words of the search index against the words of the texts, by one sum over both."""
        held = sum(weigh(word) for (words,) in self.database.rows("SELECT words FROM search") for word in words.split())
        if held != self.words:
            self.report("search", "holds other words than the texts")
