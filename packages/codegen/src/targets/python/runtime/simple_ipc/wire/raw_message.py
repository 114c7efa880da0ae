"""A message with bytes as they are behind its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, cast

from ..values.json_text import UnreadableError
from ..values.kinds import is_object
from ..values.raw_bytes import with_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class RawMessage:
    """A message in parts, which are not copied."""

    __slots__ = ("_size", "again", "parts")

    def __init__(self, parts: Sequence[bytes | memoryview]) -> None:
        self.parts = parts
        self._size = sum(map(len, parts))
        self.again: Callable[[], Line] | None = None
        """Writes it in base64, if that was not agreed to when it is sent."""

    def __len__(self) -> int:
        return self._size


Line: TypeAlias = "bytes | RawMessage"
"""A message as it goes out."""


_SHARED: Final = frozenset({"$/items", "$/input"})


def with_raw_bytes(message: object, data: bytes | None) -> object:
    """A message whose line says that bytes follow, with these bytes.

    Raises `UnreadableError` without them, and if its parts cannot be all of them.
    """
    if data is None:
        raise UnreadableError("its bytes were not agreed to", is_json=True)
    if not is_object(message):
        return message
    members = dict(message)
    method, params = members.get("method"), members.get("params")
    for holder, name in (
        (params, "values" if method in _SHARED else "value"),
        (members, "params"),
        (members.get("error"), "data"),
        (members, "result"),
    ):
        is_inner = holder is params
        if is_inner and not (method in _SHARED or method == "$/progress"):
            continue
        if isinstance(holder, dict) and name in holder:
            inside = cast("dict[str, object]", holder)
            is_shared = name == "values" and is_inner
            inside[name] = with_parts(inside[name], data, is_shared=is_shared)
            return members
    raise UnreadableError("it has no place for its bytes", is_json=True)
