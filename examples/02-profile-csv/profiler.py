"""The child program: profiles a CSV file for the host that started it.

Started by host.ts. `generated` is made from contract.ts by `npx simple-ipc generate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from column_profile import ColumnProfile
from generated.profiler import (
    ChildHandlers,
    Column,
    DateRange,
    Frequency,
    Histogram,
    NumberRange,
    ProfileNotACsvData,
    ProfileNotACsvError,
    ProfileUnreadableData,
    ProfileUnreadableError,
    Progress,
    Summary,
    TextRange,
    serve,
)
from table_reader import NotATable, TableReader

if TYPE_CHECKING:
    from collections.abc import Generator

    from generated.profiler import HostClient, ProfileParams, Range
    from generated.simple_ipc import Context

# How many different values all columns together keep for counting: some tens of megabytes.
ROOM = 240_000
LEAST_ROOM = 50
MOST_BINS = 10
MOST_FREQUENT = 5


class Profiler(ChildHandlers):
    def profile(
        self, params: ProfileParams, context: Context[Progress, HostClient]
    ) -> Generator[Column, None, Summary]:
        path = params.path
        try:
            table = TableReader(path)
            try:
                columns, rows = read(table, context)
            finally:
                table.close()
        except NotATable as error:
            raise ProfileNotACsvError(ProfileNotACsvData(path=path, line=error.line, reason=error.reason)) from error
        except OSError as error:
            raise ProfileUnreadableError(ProfileUnreadableData(path=path, reason=reason_of(error))) from error
        for column in columns:
            yield result_of(column)
        return Summary(
            rows=rows,
            columns=len(columns),
            size=table.size,
            delimiter=table.delimiter,
            encoding=table.encoding,
            ragged=table.ragged,
            first_ragged=table.first_ragged,
        )


def read(table: TableReader, context: Context[Progress, HostClient]) -> tuple[list[ColumnProfile], int]:
    """Profiles every column; ends early if the host no longer wants the answer."""
    room = max(LEAST_ROOM, ROOM // max(1, len(table.header)))
    columns = [ColumnProfile(name, room) for name in table.header]
    rows = 0
    for batch in table.batches():
        context.check()
        for column, fields in zip(columns, batch.columns, strict=True):
            column.add(fields)
        rows += batch.rows
        context.progress(Progress(read=batch.bytes_read, total=table.size, rows=rows))
    return columns, rows


def result_of(column: ColumnProfile) -> Column:
    return Column(
        name=column.name,
        type=column.type,
        missing=column.missing,
        distinct=column.values.distinct(),
        exact=column.values.exact,
        frequent=[Frequency(value=value, count=count) for value, count in column.values.frequent(MOST_FREQUENT)],
        range=range_of(column),
    )


def range_of(column: ColumnProfile) -> Range | None:
    kind = column.type
    if kind in {"integer", "number"}:
        numbers = column.numbers
        start, width, counts = numbers.histogram(MOST_BINS)
        histogram = Histogram(start=start, width=width, counts=counts)
        return NumberRange(min=numbers.min, mean=numbers.mean, max=numbers.max, histogram=histogram)
    if kind == "date" and column.first_date is not None and column.last_date is not None:
        return DateRange(first=column.first_date, last=column.last_date)
    if kind == "text" and column.shortest is not None:
        return TextRange(shortest=column.shortest, longest=column.longest)
    return None


def reason_of(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, PermissionError):
        return "it may not be read (permission denied)"
    return error.strerror or str(error)


if __name__ == "__main__":
    serve(Profiler())
