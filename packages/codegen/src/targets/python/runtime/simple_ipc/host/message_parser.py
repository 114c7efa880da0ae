"""The output of a child, which may write anything between its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from ..printable import printable
from ..report import report
from ..values.json_text import UnreadableError, parse
from ..values.kinds import is_object
from ..wire.lines import RAW_START
from ..wire.message_parser import MessageParser, Receiver

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MARK: Final = '{"jsonrpc":"2.0"'


class HostReceiver(Receiver, Protocol):
    """Receives the messages, and knows which ones are to be expected."""

    def is_meant(self, message: Mapping[str, object]) -> bool:
        """Whether a message that follows other text is certainly for us."""
        ...

    def broken_off(self, text: str) -> None:
        """The beginning of a message that was never written to its end."""


class HostMessageParser(MessageParser):
    """A line that is not a message is a plain line, and is not answered."""

    def __init__(
        self,
        receiver: HostReceiver,
        max_message_bytes: int,
        on_plain: Callable[[str], object],
    ) -> None:
        super().__init__(receiver, max_message_bytes, on_plain)
        self._is_over = False
        self._expects = receiver
        self._on_plain = on_plain

    def end(self) -> None:
        self._is_over = True
        super().end()

    def _plain(self, line: bytes, text: str) -> None:
        if _MARK not in text or not self._embedded(line.decode("utf-8", "replace")):
            super()._plain(line, text)

    def _embedded(self, text: str) -> bool:
        """A message that follows other text on its line."""
        at = text.find(_MARK)
        tail = text[at:]
        try:
            message = parse(tail.strip(" \t\r"))
        except UnreadableError:
            return False
        if at < 1 or not is_object(message) or not self._expects.is_meant(message):
            return False
        self._on_plain(text[:at])
        self._line(tail.encode())
        return True

    def _takes_raw(self, line: bytes) -> bool:
        """Raw bytes may follow a message that is behind other text on its line, too."""
        at = line.find(RAW_START)
        if at < 1:
            return super()._takes_raw(line)
        try:
            message = parse(line[at:].decode("utf-8", "replace").strip(" \t\r"))
        except UnreadableError:
            return False
        if not is_object(message) or not self._expects.is_meant(message):
            return False
        if not super()._takes_raw(line[at:]):
            return False
        self._on_plain(line[:at].decode("utf-8", "replace"))
        return True

    def _skipped(self, head: bytes) -> None:
        """A line over the size limit."""
        from ..wire.peek import peek

        if peek(head).kind:
            super()._skipped(head)
            return
        begins = printable(head.decode("utf-8", "replace"), 100)
        report(
            f"simple-ipc: a line of more than {self._max_message_bytes} bytes was "
            f"skipped; it begins with: {begins}"
        )

    def _unreadable(self, line: bytes, text: str, fault: UnreadableError) -> None:
        if self._is_over and _MARK.startswith(text[: len(_MARK)]):
            # Its program was ended half way.
            self._expects.broken_off(text)
            return
        from ..wire.peek import peek

        if peek(line).kind:
            super()._unreadable(line, text, fault)
        else:
            self._plain(line, text)
