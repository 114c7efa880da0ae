"""Reads and writes arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from . import faults
from .depth import check_depth
from .faults import InvalidValueError
from .kinds import is_array, is_object, is_sequence, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")


def elements(
    value: object,
    at: str,
    *,
    min_items: int | None = None,
    max_items: int | None = None,
) -> Iterable[tuple[int, object]]:
    """The elements of an array with their numbers."""
    if not (is_array(value) or is_sequence(value)):
        raise faults.wrong_kind(value, at, "array")
    check_depth(at)
    if min_items is not None and len(value) < min_items:
        raise faults.too_few(len(value), at, min_items, "element")
    if max_items is not None and len(value) > max_items:
        raise faults.too_many(len(value), at, max_items, "element")
    return enumerate(value)


def written_elements(
    value: Sequence[T],
    at: str,
    *,
    min_items: int | None = None,
    max_items: int | None = None,
) -> Iterable[tuple[int, T]]:
    """The elements of a value that must be an array."""
    elements(value, at, min_items=min_items, max_items=max_items)
    return enumerate(value)


def tuple_of(value: object, at: str, length: int) -> Sequence[object]:
    """An array of exactly `length` elements."""
    if not is_array(value):
        raise faults.wrong_kind(value, at, "array")
    check_depth(at)
    if len(value) != length:
        raise faults.not_exactly(len(value), at, length, "element")
    return value


def unique(result: list[T], at: str, wire: object = None) -> list[T]:
    """The same list, whose form on the wire (its own, if not given) must not have two
    equal elements.
    """
    seen: set[object] = set()
    for element in wire if is_array(wire) else result:
        key = _sameness(element)
        if key in seen:
            raise InvalidValueError(at, "must not have two equal elements")
        seen.add(key)
    return result


def _sameness(value: object) -> object:
    """Equal for two values exactly if they are the same JSON: 1 and 1.0 are, 1 and true
    are not.
    """
    kind = kind_of(value)
    if is_object(value):
        return (kind, frozenset((name, _sameness(value[name])) for name in value))
    if is_array(value):
        return (kind, tuple(map(_sameness, value)))
    return (
        kind,
        float(value) if isinstance(value, int) and kind == "number" else value,
    )
