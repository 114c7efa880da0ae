"""Bytes to messages, and messages to bytes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from .kinds import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MAX_MESSAGE_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 100
_HEAD_BYTES: Final = 1024
_SAFE: Final = 2**53

MessageId: TypeAlias = "int | str"

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# An escape, or the surrogate escapes among them: a pair, or a lone one.
_ESCAPES: Final = re.compile(
    r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|.)",
    re.DOTALL,
)

_HUGE: Final = re.compile(r"\d[eE]\+?\d{3}|\d{200}")
_INFINITIES: Final = (float("inf"), float("-inf"))

_encode: Final[Callable[[object], str]] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")
).encode


class UnreadableError(ValueError):
    """A text is no JSON that the protocol allows."""

    def __init__(self, message: str, *, is_json: bool) -> None:
        super().__init__(message)
        self.is_json = is_json


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


_decode: Final[Callable[[str], object]] = json.JSONDecoder(
    parse_constant=_refuse_constant
).decode


def parse(text: str) -> object:
    """Reads a JSON text.

    Raises `UnreadableError` if it is none, is too deep, or holds a number that
    overflows.
    """
    if "\\ud" in text or "\\uD" in text:
        text = _ESCAPES.sub(lambda found: "\ufffd" if found[1] else found[0], text)
    try:
        value = _decode(text)
    except RecursionError:
        raise UnreadableError("it is nested deeper than 100", is_json=True) from None
    except ValueError as error:
        raise UnreadableError(str(error), is_json=False) from None
    # A look at the text is cheaper than a walk, and nearly always enough.
    if text.count("[") + text.count("{") > MAX_DEPTH and _is_too_deep(value):
        raise UnreadableError("it is nested deeper than 100", is_json=True)
    if _HUGE.search(text) and _overflows(value):
        raise UnreadableError("a number in it overflows a double", is_json=False)
    return value


def _is_too_deep(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in _inside(outer)
            if is_object(inner) or is_array(inner)
        ]
        if not level:
            return False
    return True


def _overflows(value: object) -> bool:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (int, float)):
            try:
                if float(item) in _INFINITIES:
                    return True
            except OverflowError:
                return True
        waiting.extend(_inside(item))
    return False


def _inside(value: object) -> Iterable[object]:
    if is_object(value):
        return value.values()
    return value if is_array(value) else ()


def dump(value: object) -> str:
    """Writes JSON as short as it gets."""
    # Most ids and many results: the encoder would be made anew for each of them.
    return str(value) if type(value) is int else _encode(value)


def to_line(text: str) -> bytes:
    """A message as it travels. Lone surrogates become U+FFFD."""
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode() + b"\n"


def request(number: int, method: str, params: object) -> bytes:
    rest = "" if params is None else f',"params":{dump(params)}'
    return to_line(f'{{"jsonrpc":"2.0","id":{number},"method":{dump(method)}{rest}}}')


def notification(method: str, params: object) -> bytes:
    rest = "" if params is None else f',"params":{dump(params)}'
    return to_line(f'{{"jsonrpc":"2.0","method":{dump(method)}{rest}}}')


def result(call: MessageId, value: object) -> bytes:
    return to_line(f'{{"jsonrpc":"2.0","id":{dump(call)},"result":{dump(value)}}}')


def error(
    call: MessageId | None, code: int, message: str, data: object = None
) -> bytes:
    failure: dict[str, object] = {"code": code, "message": message}
    if data is not None:
        failure["data"] = data
    return to_line(f'{{"jsonrpc":"2.0","id":{dump(call)},"error":{dump(failure)}}}')


def is_message(value: object) -> bool:
    """Whether a parsed line is a message rather than a plain line that happens to be
    JSON.
    """
    return (
        is_object(value)
        and value.get("jsonrpc") == "2.0"
        and not value.keys().isdisjoint(_MARKS)
    )


_MARKS: Final = frozenset({"method", "id", "result", "error"})


def message_id(value: object) -> MessageId | None:
    """The id if it is one: a text, or a number whose value is an integer within ±(2^53
    - 1).
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if (
        isinstance(value, int)
        and value is not True
        and value is not False
        and -_SAFE < value < _SAFE
    ):
        return value
    return None


class Peek(NamedTuple):
    """What the first bytes of a message that cannot be read say: "request", "response",
    "item" or "".
    """

    kind: str
    id: MessageId | None


_NOTHING: Final = Peek("", None)
_SCALAR: Final = re.compile(
    r'\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*(?=\s*[,}])|true|false|null)', re.DOTALL
)
_COLON: Final = re.compile(r"\s*:")
_COMMA: Final = re.compile(r"\s*,")
_ITEM_ID: Final = re.compile(r'\s*"\$/item"\s*,\s*"params"\s*:\s*\{\s*"id"\s*:')


def peek(line: bytes) -> Peek:
    """Looks for the id in the head of a message.

    Only an `id` before `method`, `result` or `error` counts.
    """
    head = line[:_HEAD_BYTES].decode("utf-8", "replace")
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
            item = _ITEM_ID.match(head, position)
            number = _SCALAR.match(head, item.end()) if item else None
            return Peek("item", message_id(_scalar(number[1]))) if number else _NOTHING
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
        return _decode(text)
    except ValueError:
        return None


class LineSplitter:
    """Bytes to lines, in linear time however they are cut.

    A line over the limit is skipped but for its head.
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

    def push(self, chunk: bytes) -> None:
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            self._add(line)
            self._end_line()
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
        elif len(self._parts) != 1 or len(self._parts[0]) > _HEAD_BYTES:
            self._parts = [b"".join([*self._parts, part])[:_HEAD_BYTES]]

    def _end_line(self) -> None:
        parts, size = self._parts, self._size
        self._parts, self._size = [], 0
        line = parts[0] if len(parts) == 1 else b"".join(parts)
        if size <= self._limit or (size == self._limit + 1 and line.endswith(b"\r")):
            self._on_line(line[:-1] if line.endswith(b"\r") else line)
        else:
            self._on_skipped(line[:_HEAD_BYTES])


NO_MEMBERS: Final[Mapping[str, object]] = {}


def members_of(value: object) -> Mapping[str, object]:
    """The members of an object; none of anything else."""
    return value if is_object(value) else NO_MEMBERS
