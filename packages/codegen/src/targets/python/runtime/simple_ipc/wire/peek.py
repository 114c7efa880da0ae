"""The kind and id of a message that cannot be read as a whole."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..values.json_text import UnreadableError, parse
from .lines import HEAD_BYTES
from .messages import MessageId, message_id


class Peek(NamedTuple):
    """The kind of a message and the id in it: "request", "response", "items" or ""."""

    kind: str
    id: MessageId | None


_NOTHING: Final = Peek("", None)
# JSON's white space is less than what `\s` matches.
_SPACE: Final = r"[ \t\r]*"
_SCALAR: Final = re.compile(
    rf'{_SPACE}("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*(?={_SPACE}[,}}])|true|false|null)',
    re.DOTALL,
)
_COLON: Final = re.compile(rf"{_SPACE}:")
_COMMA: Final = re.compile(rf"{_SPACE},")
_ITEMS_ID: Final = re.compile(
    rf'{_SPACE}"\$/items"{_SPACE},{_SPACE}"params"{_SPACE}:{_SPACE}\{{{_SPACE}"id"{_SPACE}:'
)


def peek(line: bytes) -> Peek:
    """Looks for the id in the head of a message.

    Only an `id` before `method`, `result` or `error` counts.
    """
    head = line[:HEAD_BYTES].decode("utf-8", "replace")
    position = head.find("{") + 1
    found: MessageId | None = None
    while True:
        key = _SCALAR.match(head, position)
        if key is None:
            return _NOTHING
        name = _scalar(key[1])
        colon = _COLON.match(head, key.end())
        if colon is None:
            return _NOTHING
        position = colon.end()
        if name == "method":
            if found is not None:
                return Peek("request", found)
            items = _ITEMS_ID.match(head, position)
            number = _SCALAR.match(head, items.end()) if items else None
            if number is None:
                return _NOTHING
            return Peek("items", message_id(_scalar(number[1])))
        if name in {"result", "error"}:
            return _NOTHING if found is None else Peek("response", found)
        value = _SCALAR.match(head, position)
        comma = _COMMA.match(head, value.end()) if value else None
        if value is None or comma is None:
            return _NOTHING
        if name == "id":
            found = message_id(_scalar(value[1]))
        position = comma.end()


def _scalar(text: str) -> object:
    try:
        return parse(text)
    except UnreadableError:
        return None
