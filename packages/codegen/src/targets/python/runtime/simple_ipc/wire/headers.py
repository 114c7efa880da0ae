"""Bytes to messages that are preceded by a Content-Length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .lines import HEAD_BYTES, LineSplitter

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTH: Final = re.compile(
    rb"content-length:[ \t]*([0-9]{1,15})[ \t]*$", re.IGNORECASE
)
# How long a line between messages may be, however small messages must be.
_LEAST_LINE: Final = 4096


class HeaderSplitter:
    """Bytes to messages, in linear time however they are cut.

    Whatever else there is between them comes as lines, except for other headers. A
    message over the limit is skipped but for its head.
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
        longest = max(limit, _LEAST_LINE)
        self._lines = LineSplitter(self._header, on_skipped, longest)
        self._length = 0
        self._left = 0
        self._body: list[bytes] = []
        self._kept = 0

    def push(self, chunk: bytes) -> None:
        """Takes the next bytes."""
        at = 0
        while at < len(chunk):
            if self._left:
                part = chunk[at : at + self._left]
                self._take(part)
            else:
                end = chunk.find(b"\n", at) + 1 or len(chunk)
                part = chunk[at:end]
                self._lines.push(part)
            at += len(part)

    def end(self) -> None:
        """What has not ended comes as a line."""
        if self._left:
            self._left = 0
            self._on_line(b"".join(self._body))
        else:
            self._lines.end()

    def _take(self, part: bytes) -> None:
        self._left -= len(part)
        if self._length <= self._limit or self._kept < HEAD_BYTES:
            self._body.append(part)
            self._kept += len(part)
        if self._left == 0:
            body, length = b"".join(self._body), self._length
            self._body, self._kept, self._length = [], 0, 0
            if length <= self._limit:
                self._on_line(body)
            else:
                self._on_skipped(body[:HEAD_BYTES])

    def _header(self, line: bytes) -> None:
        found = _LENGTH.search(line)
        length = 0 if found is None else int(found.group(1))
        if found is not None and length > 0:
            if found.start() > 0:
                self._on_line(line[: found.start()])
            self._length = length
        elif self._length:
            if not line:
                self._left = self._length
        elif line:
            self._on_line(line)


def with_header(message: bytes) -> bytes:
    """A message, preceded by its size."""
    return b"Content-Length: %d\r\n\r\n%b" % (len(message), message)
