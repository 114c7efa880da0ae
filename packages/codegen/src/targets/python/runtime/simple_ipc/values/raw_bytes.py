"""Bytes that travel as they are, behind the line of their message."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, TypeVar, cast

from .json_text import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
R = TypeVar("R")

# Shorter ones are base64.
SHORT: Final = 4 * 1024
_GAPS: Final = "its parts are not all of its bytes, one behind the other"


class _State(threading.local):
    # Whether what is written goes into a message that may have raw bytes.
    in_message = False


_state: Final = _State()


class OutgoingBytes:
    """Bytes to be sent: as they are, or else as base64."""

    __slots__ = ("view",)

    def __init__(self, view: memoryview) -> None:
        self.view = view

    def base64(self) -> str:
        from base64 import b64encode

        return b64encode(self.view).decode("ascii")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OutgoingBytes) and self.view == other.view

    def __hash__(self) -> int:
        return hash(bytes(self.view))


def written(write: Callable[[T, str], object], value: T) -> object:
    """A value as it goes into a message, where long bytes are `OutgoingBytes`."""
    _state.in_message = True
    try:
        return write(value, "")
    finally:
        _state.in_message = False


def as_text(value: T, at: str, write: Callable[[T, str], object]) -> object:
    """A value whose bytes are base64: beside them there may be arrays."""
    before, _state.in_message = _state.in_message, False
    try:
        return write(value, at)
    finally:
        _state.in_message = before


def may_be_raw(view: memoryview) -> bool:
    """Whether bytes that are being written can go as they are."""
    return _state.in_message and view.nbytes >= SHORT


class ReceivedBytes:
    """What followed the line of a message that arrived."""

    def __init__(self, data: bytes, *, is_shared: bool) -> None:
        self.data = data
        # Whether several values, which are read one by one, have parts of it.
        self._is_shared = is_shared
        self._taken: dict[int, Part] = {}
        self._end = 0

    def take(self, part: Part) -> bytes:
        self._taken[part.number] = part
        if part.size == len(self.data):
            return self.data
        return self.data[part.offset : part.offset + part.size]

    def check(self) -> None:
        """Raises `UnreadableError` unless what was read has one part behind the other,
        and all of them are everything.
        """
        for number in sorted(self._taken):
            part = self._taken[number]
            if part.offset != self._end:
                raise UnreadableError(_GAPS, is_json=True)
            self._end += part.size
        self._taken.clear()
        if not self._is_shared and self._end != len(self.data):
            raise UnreadableError(_GAPS, is_json=True)


class Part(list[object]):
    """An array that stands for bytes where the schema has bytes."""

    __slots__ = ("number", "offset", "received", "size")

    def __init__(
        self, received: ReceivedBytes, number: int, offset: int, size: int
    ) -> None:
        super().__init__((offset, size))
        self.received = received
        self.number = number
        self.offset = offset
        self.size = size


class _Object(dict[str, object]):
    """The members of a message that has raw bytes."""

    __slots__ = ("received",)

    received: ReceivedBytes


class _Array(list[object]):
    """The elements of a message that has raw bytes."""

    __slots__ = ("received",)

    received: ReceivedBytes


def with_parts(value: object, data: bytes, *, is_shared: bool = False) -> object:
    """The value of a message, in which arrays that can be parts of its bytes are known
    as such. With `is_shared` it is an array of values that are read one by one.

    Raises `UnreadableError` if they cannot be all of the bytes.
    """
    parts = _Parts(ReceivedBytes(data, is_shared=is_shared))
    if is_shared and type(value) is list:
        items = cast("list[object]", value)
        whole: object = [parts.in_root(item) for item in items]
    else:
        whole = parts.in_root(value)
    if len(data) not in parts.ends:
        raise UnreadableError(_GAPS, is_json=True)
    return whole


class _Parts:
    """Finds what can be parts."""

    def __init__(self, received: ReceivedBytes) -> None:
        self.ends = {0}
        """Up to where parts that follow each other can reach."""
        self._received = received
        self._number = 0

    def in_root(self, value: object) -> object:
        """A value that knows of the bytes in it."""
        root = self._inside(value)
        if type(root) is dict:
            members = _Object(cast("dict[str, object]", root))
            members.received = self._received
            return members
        if type(root) is list:
            items = _Array(cast("list[object]", root))
            items.received = self._received
            return items
        return root

    def _inside(self, value: object) -> object:
        whole = value
        if type(value) is list:
            items = cast("list[object]", value)
            part = self._part(items)
            if part is not None:
                return part
            items[:] = [
                self._inside(item) if type(item) in _CONTAINERS else item
                for item in items
            ]
        elif type(value) is dict:
            members = cast("dict[str, object]", value)
            for name, item in members.items():
                if type(item) in _CONTAINERS:
                    members[name] = self._inside(item)
        return whole

    def _part(self, items: list[object]) -> Part | None:
        if len(items) != 2:
            return None
        offset, size = items
        if type(offset) is not int or type(size) is not int:
            return None
        if not 0 <= offset < offset + size <= len(self._received.data):
            return None
        self._number += 1
        if offset in self.ends:
            self.ends.add(offset + size)
        return Part(self._received, self._number, offset, size)


_CONTAINERS: Final = (list, dict)
_WITH_BYTES: Final = (Part, _Object, _Array)


def read(decode: Callable[[object, str], R], value: object) -> R:
    """A value of a message, read. Raises `UnreadableError` if it does not have all of
    the message's bytes.
    """
    result = decode(value, "")
    if isinstance(value, _WITH_BYTES):
        value.received.check()
    return result
