"""Reads and writes objects with members that have names of their own."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final, TypeVar

from . import faults
from .depth import check_depth
from .kinds import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


class Unset(enum.Enum):
    """The value of an absent member, where None means null."""

    UNSET = enum.auto()

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: Final = Unset.UNSET


def members(value: object, at: str) -> Mapping[str, object]:
    """The members of an object."""
    if not is_object(value):
        raise faults.wrong_kind(value, at, "object")
    check_depth(at)
    return value


def check_count(
    count: int, at: str, min_properties: int | None, max_properties: int | None
) -> None:
    """Raises unless an object has as many members as it may."""
    if min_properties is not None and count < min_properties:
        raise faults.too_few(count, at, min_properties, "member")
    if max_properties is not None and count > max_properties:
        raise faults.too_many(count, at, max_properties, "member")


def require(found: Mapping[str, object], at: str, *names: str) -> None:
    """Raises unless all of these members are there."""
    for name in names:
        if name not in found:
            raise faults.missing(at, name)


def refuse_others(found: Mapping[str, object], at: str, *names: str) -> None:
    """Raises for a member that is not among `names`."""
    if len(found) <= len(names) and found.keys() <= set(names):
        return
    others = found.keys() - set(names)
    if others:
        raise faults.unknown_member(at, min(others))


def optional(
    found: Mapping[str, object], at: str, name: str, read: Callable[[object, str], T]
) -> T | None:
    """Reads a member that may be absent."""
    return read(found[name], at + faults.step(name)) if name in found else None


def optional_nullable(
    found: Mapping[str, object], at: str, name: str, read: Callable[[object, str], T]
) -> T | Unset:
    """Reads a member that may be absent, where None means null."""
    return read(found[name], at + faults.step(name)) if name in found else UNSET


def instance(value: object, wanted: type, at: str) -> None:
    """Raises unless the program passed the class that its type requires."""
    if not isinstance(value, wanted):
        instead = f"{wanted.__name__}(…)"
        raise faults.wrong_kind(value, at, "object", instead=instead)


def no_params(value: object, at: str) -> None:
    """Reads params that are not declared."""
    if not is_object(value) and (not is_array(value) or len(value) > 0):
        raise faults.wrong_kind(value, at, "object")
