"""Messages that are written before it is known whether bytes go as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wire.raw_message import RawMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..wire.message_writer import MessageWriter
    from ..wire.raw_message import Line


def undecided(write: Callable[..., Line]) -> Line:
    """A message whose bytes go as they are, unless that is not agreed to."""
    line = write(is_raw=True)
    if isinstance(line, RawMessage):
        line.again = write
    return line


def decided(line: Line, writer: MessageWriter) -> Line:
    """The message as the program can read it."""
    if writer.is_raw or isinstance(line, bytes) or line.again is None:
        return line
    return line.again()
