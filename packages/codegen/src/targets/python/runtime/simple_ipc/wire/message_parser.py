"""Lines to messages: requests, notifications, responses; and plain lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from .. import errors
from ..values.json_text import UnreadableError, parse
from ..values.kinds import is_array, is_object
from .invalid import why_invalid
from .lines import HEAD_BYTES, RAW_START, LineSplitter
from .messages import SAFE_INTEGER, MessageId, message_id
from .meta import NO_EXTRAS, Extras, read_extras
from .raw_message import with_raw_bytes
from .raw_reader import RawReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .headers import HeaderSplitter

_RAW_LINE: Final = re.compile(RAW_START + rb"([1-9][0-9]{0,15})[,}]")
_RAW_TEXT: Final = RAW_START.decode()
_NO_MARK: Final = "The bytes of a message do not end with the mark"
_START: Final = '{"jsonrpc":"2.0"'
_ANSWER_MARKS: Final = frozenset({"id", "result", "error"})
_BAD_META: Final = (
    "The meta of a message must be an object of strings, of at most 8 KiB as JSON"
)
_NO_MESSAGE: Final = "This is JSON, but not a JSON-RPC 2.0 message"


class Receiver(Protocol):
    """Receives the messages."""

    def request(
        self, call: MessageId, name: str, params: object, size: int, extras: Extras
    ) -> None:
        """A call of the other side; `size` is that of its line, in bytes."""

    def notification(self, name: str, params: object, size: int) -> None:
        """A notification, one of the protocol's own too."""

    def response(self, message: Mapping[str, object]) -> None:
        """An answer to a call of ours, or something that looks like one."""

    def lost_answer(self, number: MessageId | None, code: str, why: str) -> None:
        """An answer or item of a call of ours that cannot be read."""

    def refuse(
        self, call: MessageId | None, code: int, message: str, data: object = None
    ) -> None:
        """Answers anything else with an error; not under an id that is in use."""

    def misfit(self, message: str, value: object, size: int) -> None:
        """Tells of a message that breaks the protocol; `size` in bytes."""

    def show(self, text: str) -> None:
        """Shows people a line; later, for stderr may be full."""


class MessageParser:
    """Cuts bytes into lines and sorts them."""

    def __init__(
        self,
        receiver: Receiver,
        max_message_bytes: int,
        on_line: Callable[[str], object] | None,
    ) -> None:
        self._receiver = receiver
        self._max_message_bytes = max_message_bytes
        self._on_line = on_line
        self._mark = b""
        self._raw: RawReader | None = None
        self._splitter: LineSplitter | HeaderSplitter = LineSplitter(
            self._line, self._skipped, max_message_bytes
        )
        # Programs written by others may leave out the version.
        self.is_lenient = False

    def read_headers(self) -> None:
        """Messages are preceded by their size, and need not be lines."""
        from .headers import HeaderSplitter

        self._splitter = HeaderSplitter(
            self._line, self._skipped, self._max_message_bytes
        )

    def push(self, chunk: bytes) -> None:
        """Takes the next bytes, however they are cut."""
        rest: bytes | None = chunk
        while rest:
            if self._raw is None:
                rest = self._splitter.push(rest)
            else:
                rest = self._raw.push(rest)

    # Bytes behind a line.

    def agree(self, mark: str) -> None:
        """From now on there may be raw bytes, with the other side's mark behind."""
        self._mark = mark.encode()
        if isinstance(self._splitter, LineSplitter):
            self._splitter.takes_raw = self._takes_raw

    def wanted(self) -> memoryview | None:
        """Where the next bytes can be read into, instead of being pushed."""
        return None if self._raw is None else self._raw.wanted()

    def filled(self, size: int) -> None:
        """As much was read into what was wanted."""
        if self._raw is not None:
            self._raw.filled(size)

    def _takes_raw(self, line: bytes) -> bool:
        """Whether raw bytes follow a line; then it is handled with them."""
        found = _RAW_LINE.match(line)
        if found is None:
            return False
        size = int(found[1])
        is_kept = len(line) + size <= self._max_message_bytes
        line = line.removesuffix(b"\r") if is_kept else line[:HEAD_BYTES]
        raw = RawReader(
            size, self._mark, lambda data: self._raw_end(line, data), keep=is_kept
        )
        self._raw = raw
        return True

    def _raw_end(self, line: bytes, data: bytes | None) -> None:
        raw, self._raw = self._raw, None
        if raw is not None and raw.is_lost:
            why = f"{_NO_MARK}; {raw.dropped} bytes up to it were dropped"
            if not self._tell(line, errors.INVALID_REQUEST, "UNREADABLE_MESSAGE", why):
                self._receiver.misfit(why, None, len(line))
            else:
                self._receiver.misfit(why, None, len(line))
        elif data is None:
            self._skipped(line)
        else:
            self._line(line, data)

    def end(self) -> None:
        """Sorts an unterminated last line."""
        self._splitter.end()

    def _line(self, line: bytes, data: bytes | None = None) -> None:
        text = line.decode("utf-8", "replace").strip(" \t\r")
        if not text.startswith("{"):
            self._plain(line, text)
            return
        try:
            message = parse(text)
            if text.startswith(_RAW_TEXT):
                message = with_raw_bytes(message, data)
        except UnreadableError as fault:
            self._unreadable(line, text, fault)
            return
        size = len(line) if data is None else len(line) + len(data)
        if is_object(message) and (
            message.get("jsonrpc") == "2.0"
            or (self.is_lenient and "jsonrpc" not in message)
        ):
            if "method" in message:
                self._call(message, size)
                return
            if not _ANSWER_MARKS.isdisjoint(message):
                self._receiver.response(message)
                return
        self._plain(line, text)

    def _call(self, message: Mapping[str, object], size: int) -> None:
        method, params = message["method"], message.get("params")
        call = message.get("id")
        if type(call) is not int or not -SAFE_INTEGER <= call <= SAFE_INTEGER:
            call = message_id(call)
        if (
            not isinstance(method, str)
            or (params is not None and not is_object(params) and not is_array(params))
            or (call is None and "id" in message)
        ):
            why = why_invalid(method, message)
            self._receiver.refuse(call, errors.INVALID_REQUEST, why)
            return
        extras: Extras | None = NO_EXTRAS
        if "meta" in message or "for" in message:
            extras = read_extras(message)
        if extras is None:
            if call is None:
                self._receiver.misfit(_BAD_META, message.get("meta"), size)
            else:
                self._receiver.refuse(call, errors.INVALID_REQUEST, _BAD_META)
        elif call is None:
            self._receiver.notification(method, params, size)
        else:
            self._receiver.request(call, method, params, size, extras)

    def _plain(self, line: bytes, text: str) -> None:
        """A line that is not a message."""
        if self._on_line is not None:
            self._on_line(line.decode("utf-8", "replace"))
        elif not text.startswith(("{", "[")):
            self._receiver.show(line.decode("utf-8", "replace"))
        else:
            code, why = errors.INVALID_REQUEST, _NO_MESSAGE
            try:
                parse(text)
            except UnreadableError as fault:
                if not fault.is_json:
                    code, why = errors.PARSE_ERROR, f"This is not JSON: {fault}"
            self._receiver.refuse(None, code, why)

    def _skipped(self, head: bytes) -> None:
        """A line over the size limit."""
        most = self._max_message_bytes
        why = f"The message is larger than the limit of {most} bytes"
        data = {"reason": "MESSAGE_TOO_LARGE"}
        if self._tell(head, errors.INVALID_REQUEST, "MESSAGE_TOO_LARGE", why, data):
            return
        if head.lstrip(b" \t\r").startswith((b"{", b"[")):
            self._receiver.refuse(None, errors.INVALID_REQUEST, why, data)
        else:
            self._receiver.show(
                f"simple-ipc: a line of more than {most} bytes was skipped"
            )

    def _unreadable(self, line: bytes, text: str, fault: UnreadableError) -> None:
        if not text.startswith(_START):
            self._plain(line, text)
            return
        code = errors.INVALID_REQUEST if fault.is_json else errors.PARSE_ERROR
        why = f"The message cannot be read: {fault}"
        if not self._tell(line, code, "UNREADABLE_MESSAGE", why):
            self._receiver.refuse(None, code, why)

    def _tell(
        self, line: bytes, code: int, local_code: str, why: str, data: object = None
    ) -> bool:
        """Reports a lost message to its call or caller, if its head names them."""
        # Rarely needed.
        from .peek import peek

        kind, call = peek(line)
        if kind == "request":
            self._receiver.refuse(call, code, why, data)
        elif kind:
            self._receiver.lost_answer(call, local_code, why)
        return kind != ""
