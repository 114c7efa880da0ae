"""Reads and writes values that may be of several types."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from . import faults
from .kinds import kind_of
from .objects import members
from .raw_bytes import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .faults import InvalidValueError

T = TypeVar("T")


def nullable(
    value: object, at: str, read: Callable[[object, str], T], *kinds: str
) -> T | None:
    """Reads a value that may be null; `kinds` are all that may come."""
    return None if value is None else of_kinds(value, at, read, *kinds)


def of_kinds(
    value: object, at: str, read: Callable[[object, str], T], *kinds: str
) -> T:
    """Reads a value of a type that has its own place for null."""
    kind = kind_of(value)
    if isinstance(value, Part) and kind not in kinds:
        kind = "string"
    if kind not in kinds and not (kind == "number" and "integer" in kinds):
        raise faults.wrong_kind(value, at, *kinds)
    return read(value, at)


def tag(value: object, at: str, name: str, *tags: object) -> object:
    """The tag of a tagged union's object: one of `tags`."""
    found = members(value, at)
    if name not in found:
        raise faults.missing(at, name)
    mark = found[name]
    kind = kind_of(mark)
    for known in tags:
        if kind == kind_of(known) and mark == known:
            return known
    raise faults.not_listed(mark, at + faults.step(name), tags)


def first_written(
    value: object,
    at: str,
    *writers: Callable[[Any, str], object],
    kinds: Sequence[str],
) -> object:
    """Writes a value as the first type that it fits; `kinds` are all that may come."""
    for write in writers:
        with suppress(faults.InvalidValueError):
            return write(value, at)
    of_kinds(value, at, _as_it_is, *kinds)
    raise faults.no_shape(at, len(writers))


def _as_it_is(value: object, _at: str) -> object:
    return value


def kind_with_bytes(value: object) -> str:
    """The kind of a value where bytes are strings and arrays are none."""
    return "string" if isinstance(value, Part) else kind_of(value)


def wrong_kind(value: object, at: str, *kinds: str) -> InvalidValueError:
    """The error for a value of none of these kinds."""
    return faults.wrong_kind(value, at, *kinds)
