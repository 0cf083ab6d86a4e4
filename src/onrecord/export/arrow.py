"""Rows → Arrow tables and Parquet files."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from onrecord.export.tables import Kind, Table

if TYPE_CHECKING:
    import pyarrow

Row = TypeVar("Row")


def to_arrow(table: Table[Row], rows: Iterable[Row]) -> "pyarrow.Table":
    """The rows as an Arrow table; every column may hold nulls, days are date32."""
    import pyarrow  # here, because it takes longer to load than all of ours

    listed = [table.cells(row) for row in rows]
    schema = pyarrow.schema([(column.name, _type_of(column.kind, pyarrow)) for column in table.columns])
    columns = [[cells[index] for cells in listed] for index in range(len(table.columns))]
    return pyarrow.table(columns, schema=schema)


def export_parquet(table: Table[Row], rows: Iterable[Row], stream: BinaryIO) -> None:
    """Write the rows as one Parquet file, Zstandard-compressed."""
    from pyarrow import parquet

    parquet.write_table(to_arrow(table, rows), stream, compression="zstd")


def _type_of(kind: Kind, pyarrow: Any) -> Any:
    types = {
        Kind.TEXT: pyarrow.string(),
        Kind.DAY: pyarrow.date32(),
        Kind.WHOLE: pyarrow.int64(),
        Kind.NUMBER: pyarrow.float64(),
        Kind.YES_NO: pyarrow.bool_(),
    }
    return types[kind]
