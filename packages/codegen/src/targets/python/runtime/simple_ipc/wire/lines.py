"""Bytes to lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD_BYTES: Final = 1024
RAW_START: Final = b'{"jsonrpc":"2.0","bytes":'
_MARK: Final = b"\xef\xbb\xbf"


class LineSplitter:
    """Bytes to lines, in linear time however they are cut.

    A line comes without its LF or CRLF. A line over the limit is skipped but for its
    head. A byte order mark is left out at the very start.
    """

    def __init__(
        self,
        on_line: Callable[[bytes], None],
        on_skipped: Callable[[bytes], None],
        limit: int,
    ) -> None:
        self._on_line = on_line
        self._on_skipped = on_skipped
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._is_first = True
        self.takes_raw: Callable[[bytes], bool] | None = None
        """Asked, once raw bytes were agreed to, whether some follow a line; it has
        taken the line then.
        """

    def push(self, chunk: bytes) -> bytes:
        """Takes the next bytes; returns those behind a line that raw bytes follow."""
        takes_raw = self.takes_raw
        if takes_raw is None:
            self._push(chunk)
            return b""
        begin, raw = 0, chunk.find(RAW_START)
        while begin < len(chunk):
            if raw < 0 and not self._size:
                self._push(chunk[begin:])
                return b""
            end = chunk.find(b"\n", begin)
            if end < 0:
                self._add(chunk[begin:])
                return b""
            self._add(chunk[begin:end])
            begin = end + 1
            if self._end_line(takes_raw):
                return chunk[begin:]
            if raw < begin:
                raw = chunk.find(RAW_START, begin)
        return b""

    def _push(self, chunk: bytes) -> None:
        lines = chunk.split(b"\n")
        rest = lines.pop()
        if lines and (self._size or self._is_first):
            # It may have begun before this chunk.
            self._add(lines.pop(0))
            self._end_line()
        has_returns = b"\r" in chunk
        for line in lines:
            if has_returns or len(line) > self._limit:
                self._add(line)
                self._end_line()
            else:
                self._on_line(line)
        if rest:
            self._add(rest)

    def end(self) -> None:
        """An unterminated last line counts as a line."""
        if self._size:
            self._end_line()

    def _add(self, part: bytes) -> None:
        self._size += len(part)
        # One more than the limit may be the line end's CR.
        if self._size <= self._limit + 1:
            self._parts.append(part)
        elif len(self._parts) != 1 or len(self._parts[0]) > HEAD_BYTES:
            self._parts = [b"".join([*self._parts, part])[:HEAD_BYTES]]

    def _end_line(self, takes_raw: Callable[[bytes], bool] | None = None) -> bool:
        """Hands a line on; returns whether raw bytes follow it."""
        parts, size = self._parts, self._size
        self._parts, self._size = [], 0
        line = parts[0] if len(parts) == 1 else b"".join(parts)
        if self._is_first:
            self._is_first = False
            line = line.removeprefix(_MARK)
        if takes_raw is not None and RAW_START in line and takes_raw(line):
            return True
        if size <= self._limit or (size == self._limit + 1 and line.endswith(b"\r")):
            self._on_line(line.removesuffix(b"\r"))
        else:
            self._on_skipped(line[:HEAD_BYTES])
        return False
