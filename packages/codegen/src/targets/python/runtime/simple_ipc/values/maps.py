"""Reads and writes objects whose members are entries: any JSON value, and maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

from . import faults
from .depth import check_depth
from .faults import InvalidValueError
from .found import found_kind
from .kinds import Json, is_array, is_object, is_sequence
from .objects import check_count, members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .scalars import Rule

T = TypeVar("T")

_ANY: Final = ("array", "object", "string", "number")
_NAME: Final = ("string",)


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
    is_plain = _check_json(value, at)
    return cast("Json", value if is_plain else _as_plain(value))


def _check_json(value: object, at: str) -> bool:
    """Whether it consists of nothing but what `json` writes."""
    if is_object(value):
        check_depth(at)
        _check_names(value, at)
        is_plain = isinstance(value, dict)
        for name in sorted(value):
            is_plain &= _check_json(value[name], at + faults.step(name))
        return is_plain
    if is_array(value):
        check_depth(at)
        is_plain = True
        for index, element in enumerate(value):
            is_plain &= _check_json(element, f"{at}/{index}")
        return is_plain
    if isinstance(value, float):
        if value - value != 0:
            raise faults.not_finite(value, at)
        return True
    if value is None or isinstance(value, (str, int)):
        return True
    if not is_sequence(value):
        raise InvalidValueError(at, "must be a JSON value", found_kind(value, _ANY))
    _check_json(list(value), at)
    return False


def _as_plain(value: object) -> object:
    """A copy of dicts and lists only."""
    if is_object(value):
        return {name: _as_plain(member) for name, member in value.items()}
    if is_array(value) or is_sequence(value):
        return [_as_plain(element) for element in value]
    return value


def _check_names(value: Iterable[object], at: str) -> None:
    for name in value:
        if not isinstance(name, str):
            found = f": it has a name that is {found_kind(name, _NAME)[2:]}"
            raise InvalidValueError(at, "must be a JSON value", found)
