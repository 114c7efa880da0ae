"""Reads and writes objects whose members are entries: any JSON value, and maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from . import faults
from .depth import check_depth
from .faults import InvalidValueError
from .kinds import Json, is_array, is_object
from .objects import check_count, members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .scalars import Rule

T = TypeVar("T")


def entries(
    value: object,
    at: str,
    entry: Callable[[object, str], T],
    *,
    min_properties: int | None = None,
    max_properties: int | None = None,
    name_rule: Rule | None = None,
) -> dict[str, T]:
    """Reads or writes a map, in its own order; of several faults the one of the least
    name counts.
    """
    found = members(value, at)
    check_count(len(found), at, min_properties, max_properties)
    _check_names(found, at)

    def read(name: str) -> T:
        where = at + faults.step(name)
        if name_rule is not None and not name_rule.fits(name):
            raise InvalidValueError(where, name_rule.name_message)
        return entry(found[name], where)

    try:
        return {name: read(name) for name in found}
    except InvalidValueError:
        for name in sorted(found):
            read(name)
        raise


def write_entries(
    value: Mapping[str, T],
    at: str,
    entry: Callable[[T, str], object],
    *,
    min_properties: int | None = None,
    max_properties: int | None = None,
    name_rule: Rule | None = None,
) -> dict[str, object]:
    """Writes a map."""
    return entries(
        value,
        at,
        cast("Callable[[object, str], object]", entry),
        min_properties=min_properties,
        max_properties=max_properties,
        name_rule=name_rule,
    )


def anything(value: object, at: str) -> Json:
    """Reads or writes any JSON value."""
    _check_json(value, at)
    return cast("Json", value)


def _check_json(value: object, at: str) -> None:
    if is_object(value):
        check_depth(at)
        _check_names(value, at)
        for name in sorted(value):
            _check_json(value[name], at + faults.step(name))
    elif is_array(value):
        check_depth(at)
        for index, element in enumerate(value):
            _check_json(element, f"{at}/{index}")
    elif isinstance(value, float):
        if value - value != 0:
            raise faults.not_finite(at)
    elif value is not None and not isinstance(value, (str, int)):
        raise InvalidValueError(at, "must be a JSON value")


def _check_names(value: Iterable[object], at: str) -> None:
    if not all(isinstance(name, str) for name in value):
        raise InvalidValueError(at, "must be a JSON value")
