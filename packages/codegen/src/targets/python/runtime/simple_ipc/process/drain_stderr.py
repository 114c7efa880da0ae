"""Reads a program's stderr."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from ..raised import AnyRaised
from ..wire.lines import LineSplitter

if TYPE_CHECKING:
    from .last_lines import LastLines

Stderr: TypeAlias = Literal["tee", "inherit", "ignore"] | Callable[[str], object]
"""`tee`: passed on to `sys.stderr`, and its end kept for the exit report; `inherit`:
our own; `ignore`: nowhere; a function: gets each line, and the end is kept.
"""

# A longer line is cut: a progress bar is one line without end.
_LONGEST: Final = 64 * 1024


class StderrDrain:
    """Reads stderr to its end, or the program would have to wait; keeps its last
    lines.
    """

    def __init__(
        self,
        mode: Stderr,
        kept: LastLines,
        failed: Callable[[str, BaseException], None],
    ) -> None:
        self._failed = failed
        self._tees = mode == "tee"
        self._callback = mode if callable(mode) else None
        self._kept = kept
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._splitter = LineSplitter(self._line, self._cut, _LONGEST)

    def push(self, chunk: bytes) -> None:
        if self._tees:
            self._pass_on(self._decoder.decode(chunk))
        self._splitter.push(chunk)

    def end(self) -> None:
        self._splitter.end()

    def _pass_on(self, text: str) -> None:
        # A stderr of ours that is closed, or that nothing reads, must not end anything.
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(text)
            sys.stderr.flush()

    def _line(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace")
        self._kept.push(text)
        if self._callback is None:
            return
        try:
            self._callback(text)
        except AnyRaised as failure:
            self._failed("the callback for stderr", failure)

    def _cut(self, head: bytes) -> None:
        self._line(head + "…".encode())
