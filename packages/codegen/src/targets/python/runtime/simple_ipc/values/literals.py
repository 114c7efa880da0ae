"""Reads and writes values from a fixed list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from . import faults
from .faults import InvalidValueError
from .kinds import fits_kinds, kind_of
from .scalars import integer

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Literals(Generic[T]):
    """A fixed list of values."""

    def __init__(self, *values: T, kinds: Sequence[str], by_kind: bool = False) -> None:
        self._values = values
        self._by_value: dict[tuple[str, object], T] = {
            (kind_of(value), value): value for value in values
        }
        self._kinds = kinds
        self._by_kind = by_kind

    def __call__(self, value: object, at: str) -> T:
        """Reads or writes one of them."""
        kind = kind_of(value)
        # Lists and dicts have no hash, and are never listed.
        scalar = value if kind in {"null", "boolean", "number", "string"} else None
        try:
            return self._by_value[kind, scalar]
        except KeyError:
            raise self._refusal(value, kind, at) from None

    def has(self, value: object) -> bool:
        """Whether the value is listed."""
        return (kind_of(value), value) in self._by_value

    def _refusal(self, value: object, kind: str, at: str) -> InvalidValueError:
        if not fits_kinds(value, kind, self._kinds):
            return faults.wrong_kind(value, at, *self._kinds)
        if kind == "number" and "integer" in self._kinds:
            try:
                integer(value, at)
            except InvalidValueError as fault:
                return fault
        if self._by_kind:
            return faults.not_listed(
                value,
                at,
                [listed for listed in self._values if kind_of(listed) == kind],
            )
        return faults.not_listed(value, at, self._values)


def literal(value: object, at: str, wanted: T, *kinds: str) -> T:
    """Reads or writes the only value there may be; `kinds` is its kind."""
    kind = kind_of(value)
    if not fits_kinds(value, kind, kinds):
        raise faults.wrong_kind(value, at, *kinds)
    if value != wanted or kind != kind_of(wanted):
        raise faults.not_listed(value, at, [wanted])
    return wanted


def listed(value: object, at: str, *kinds: str) -> str | float | bool | None:
    """Reads or writes a value of an open list: any of the same kinds."""
    if not fits_kinds(value, kind_of(value), kinds):
        raise faults.wrong_kind(value, at, *kinds)
    return value if isinstance(value, (str, int, float)) else None
