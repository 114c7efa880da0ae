"""Which kind of JSON a value is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

if TYPE_CHECKING:
    Json: TypeAlias = (
        "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
    )
    """Any JSON value, as `json` reads it; any sequence and mapping is written."""
else:
    # Where annotations are evaluated, nobody knows this module's names.
    Json = Any


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether a value is an object, read or to be written."""
    return isinstance(value, (dict, Mapping))


def is_array(value: object) -> TypeGuard[Sequence[object]]:
    """Whether a value is an array, read or to be written."""
    return isinstance(value, (list, tuple))


def is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    """Whether a value that is neither a list nor a tuple can be written as an array:
    any sequence but text and bytes, which are sequences to Python only.
    """
    return isinstance(value, Sequence) and not isinstance(
        value, (str, bytes, bytearray, memoryview)
    )


def kind_of(value: object) -> str:
    """The JSON kind of a value; "" for one that JSON cannot hold."""
    if isinstance(value, str):
        return "string"
    if value is None:
        return "null"
    if value is True or value is False:
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if is_object(value):
        return "object"
    return "array" if is_array(value) or is_sequence(value) else ""


def fits_kinds(value: object, kind: str, kinds: Sequence[str]) -> bool:
    """Whether a value of a kind is of one of `kinds`, where `integer` may be, too."""
    if kind != "number":
        return kind in kinds
    if "number" in kinds:
        return True
    return "integer" in kinds and (
        isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    )
