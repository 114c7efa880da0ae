"""How deep values may be nested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import faults
from .kinds import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_DEPTH: Final = 100


def check_depth(at: str) -> None:
    """Raises `InvalidValueError` for a place that is too deep to hold anything."""
    # Slashes within a name are written ~1, so each slash is one level.
    if len(at) >= MAX_DEPTH and at.count("/") >= MAX_DEPTH:
        raise faults.too_deep(at)


def is_too_deep(value: object) -> bool:
    """Whether more than `MAX_DEPTH` objects and arrays are nested."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in inside(outer)
            if is_object(inner) or is_array(inner)
        ]
        if not level:
            return False
    return True


def inside(value: object) -> Iterable[object]:
    """The values that an object or an array holds; none for anything else."""
    if is_object(value):
        return value.values()
    return value if is_array(value) else ()
