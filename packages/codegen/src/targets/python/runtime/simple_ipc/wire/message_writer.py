"""Messages on their way out, with bytes as both sides have agreed."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Final

from ..values.json_text import dump, encoder
from ..values.raw_bytes import OutgoingBytes
from .messages import error_members, to_line
from .raw_message import RawMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .messages import MessageId
    from .raw_message import Line


class _Parts(threading.local):
    """The bytes of the message that this thread writes."""

    def __init__(self) -> None:
        self.views: list[memoryview] = []
        self.size = 0
        self.encode = encoder(self._place)

    def _place(self, value: object) -> object:
        if not isinstance(value, OutgoingBytes):
            raise TypeError(f"{type(value).__name__} is not JSON")
        offset, size = self.size, value.view.nbytes
        self.views.append(value.view)
        self.size += size
        return [offset, size]

    def written(self, value: object) -> tuple[str, list[memoryview], int]:
        """The JSON of a value, its bytes, and how many these are."""
        self.views, self.size = [], 0
        text = self.encode(value)
        views, self.views = self.views, []
        return text, views, self.size


_parts: Final = _Parts()


class MessageWriter:
    """Writes the messages of one side that may hold bytes."""

    def __init__(self) -> None:
        self.mark = os.urandom(8).hex()
        """What stands behind our bytes."""
        self.is_raw = False
        """Whether the other side reads bytes as they are."""

    def request(
        self,
        number: int,
        method: str,
        params: object,
        extras: str = "",
        *,
        is_raw: bool = False,
    ) -> Line:
        before = f'"id":{number},"method":{dump(method)}{extras}'
        return self._line(before, "params", params, is_raw=is_raw)

    def notification(
        self, method: str, params: object, extras: str = "", *, is_raw: bool = False
    ) -> Line:
        before = f'"method":{dump(method)}{extras}'
        return self._line(before, "params", params, is_raw=is_raw)

    def result(self, call: MessageId, value: object) -> Line:
        before = f'"id":{dump(call)},"result":'
        return self._message(before, value, is_raw=False)

    def error(
        self, call: MessageId, code: int, message: str, data: object = None
    ) -> Line:
        before = f'"id":{dump(call)},"error":'
        members = error_members(code, message, data)
        return self._message(before, members, is_raw=False)

    def item(self, call: MessageId, value: object) -> str | RawMessage:
        """An item as text, or with its bytes in a message of its own."""
        if type(value) is int or not self.is_raw:
            return dump(value)
        text, views, size = _parts.written(value)
        before = f'"method":"$/items","params":{{"id":{dump(call)},"values":['
        return text if not views else self._raw(f"{before}{text}]}}", views, size)

    def _line(self, before: str, name: str, value: object, *, is_raw: bool) -> Line:
        if value is None:
            return to_line(f'{{"jsonrpc":"2.0",{before}}}')
        return self._message(f'{before},"{name}":', value, is_raw=is_raw)

    def _message(self, before: str, value: object, *, is_raw: bool) -> Line:
        if type(value) is int or not (self.is_raw or is_raw):
            return to_line(f'{{"jsonrpc":"2.0",{before}{dump(value)}}}')
        text, views, size = _parts.written(value)
        if not views:
            return to_line(f'{{"jsonrpc":"2.0",{before}{text}}}')
        return self._raw(f"{before}{text}", views, size)

    def _raw(self, members: str, views: Sequence[memoryview], size: int) -> RawMessage:
        head = to_line(f'{{"jsonrpc":"2.0","bytes":{size},{members}}}')
        return RawMessage((head, *views, f"\n{self.mark}\n".encode()))
