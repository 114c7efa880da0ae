"""Reads a delimited text file as batches of rows, in bounded memory."""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

SAMPLE_BYTES = 1 << 20
BATCH_ROWS = 4096
BATCH_BYTES = 1 << 21
ROWS_AT_ONCE = 64
LONGEST_FIELD = 1 << 20
DELIMITERS = ",;\t|"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that no table holds; tab, line feed, form feed and carriage return are not among them.
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13})

csv.field_size_limit(LONGEST_FIELD)


class NotATable(Exception):
    """The file is not delimited text; `line` is the first line that shows it."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(slots=True)
class Batch:
    """Some rows, turned: one tuple of fields for each column. Short rows are filled up with empty fields."""

    columns: list[tuple[str, ...]]
    rows: int
    bytes_read: int


class TableReader:
    """A delimited text file. Raises OSError if it cannot be opened and NotATable if it is something else."""

    def __init__(self, path: str) -> None:
        self.size = os.stat(path).st_size
        self._binary = open(path, "rb")
        try:
            sample = self._binary.read(SAMPLE_BYTES)
            self.encoding = detect_encoding(sample, whole=len(sample) == self.size)
            self.delimiter = detect_delimiter(sample.decode(self.encoding, "replace"))
            self._binary.seek(0)
            text = open(self._binary.fileno(), encoding=self.encoding, errors="replace", newline="", closefd=False)
            self._rows = csv.reader(text, delimiter=self.delimiter)
            self.header = self._read_header()
        except BaseException:
            self._binary.close()
            raise
        self.ragged = 0
        self.first_ragged: int | None = None

    def close(self) -> None:
        self._binary.close()

    def batches(self) -> Iterator[Batch]:
        """The rows below the header. Lines without any text are no rows."""
        width = len(self.header)
        line = self._rows.line_num + 1
        while rows := self._next_rows():
            if set(map(len, rows)) != {width}:
                rows = self._repaired(rows, width, line)
            line = self._rows.line_num + 1
            if rows:
                yield Batch(list(zip(*rows, strict=True)), len(rows), self._position())

    def _read_header(self) -> list[str]:
        while rows := self._next_rows(1):
            if row := rows[0]:
                return [name.strip() or f"column {number}" for number, name in enumerate(row, 1)]
        return []

    def _next_rows(self, most: int = BATCH_ROWS) -> list[list[str]]:
        """The next rows: as many as a batch takes, or fewer if they are long; none at the end."""
        start = self._position()
        rows: list[list[str]] = []
        try:
            while len(rows) < most and self._position() - start < BATCH_BYTES:
                taken = list(islice(self._rows, min(most - len(rows), ROWS_AT_ONCE)))
                if not taken:
                    break
                rows += taken
        except csv.Error as error:
            raise NotATable(self._rows.line_num, str(error)) from error
        return rows

    def _position(self) -> int:
        # The text layer reads ahead by its buffer, which is near enough.
        return min(os.lseek(self._binary.fileno(), 0, os.SEEK_CUR), self.size)

    def _repaired(self, rows: list[list[str]], width: int, line: int) -> list[list[str]]:
        """The rows, of which the first begins at `line`, all of the same width and without the blank ones."""
        repaired: list[list[str]] = []
        for row in rows:
            lines = 1 + sum(field.count("\n") for field in row)
            if row:
                if len(row) != width:
                    self.ragged += 1
                    self.first_ragged = self.first_ragged or line
                repaired.append((row + [""] * (width - len(row)))[:width])
            line += lines
        return repaired


def detect_encoding(sample: bytes, whole: bool) -> str:
    """The encoding of a text that begins like this; raises NotATable if it is none."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return encoding
    text_only = sample.translate(None, CONTROLS)
    if b"\0" in sample or len(sample) - len(text_only) > len(sample) // 1000:
        line = 1 + sample[: next(index for index, byte in enumerate(sample) if byte in CONTROLS)].count(b"\n")
        raise NotATable(line, "it holds binary data, not text")
    try:
        # A character that the sample's end cuts in two is no error.
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def detect_delimiter(sample: str) -> str:
    """The delimiter that cuts the first lines into the most fields, the same number in each if possible."""
    lines = sample.splitlines(keepends=True)[:50]
    if len(lines) > 1:
        lines.pop()  # perhaps cut

    def merit(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            return (0, 0)
        if not widths or widths[0] < 2:
            return (0, 0)
        return (widths.count(widths[0]) / len(widths), widths[0])

    return max(DELIMITERS, key=merit)
