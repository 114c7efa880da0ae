"""Reads and writes the values of a contract.

Each function takes a value and where it stands, and raises `InvalidValueError`.

What is read is what a JSON parser made. What is written comes from a program and may be
anything, so it is checked as strictly: the same functions serve both ways wherever the
two forms are the same.
"""

from __future__ import annotations

import base64
import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Generic, TypeAlias, TypeGuard, TypeVar, cast

from . import faults
from .faults import InvalidValueError

T = TypeVar("T")

Json: TypeAlias = (
    "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
)
"""Any JSON value, as `json` reads it; lists, tuples and mappings are written."""

_MAX_DEPTH: Final = 100
_BASE64_TAILS: Final = {"==": "AQgw", "=": "AEIMQUYcgkosw048"}


class Unset(enum.Enum):
    """The value of a member that is absent where None stands for null."""

    UNSET = enum.auto()

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: Final = Unset.UNSET


def nothing(value: object, at: str) -> None:
    """Reads or writes null."""
    if value is not None:
        raise faults.wrong_kind(at, "null")


def ignored(value: object, at: str) -> None:
    """Reads what is not declared: whatever there is, it does not matter."""


def boolean(value: object, at: str) -> bool:
    if value is True or value is False:
        return value
    raise faults.wrong_kind(at, "boolean")


def integer(
    value: object,
    at: str,
    *,
    minimum: int | None = None,
    exclusive_minimum: int | None = None,
    maximum: int | None = None,
    exclusive_maximum: int | None = None,
    multiple_of: int | None = None,
) -> int:
    """Reads or writes an integer that a double holds exactly; `1.0` is one."""
    if isinstance(value, float):
        if not value.is_integer():
            raise faults.wrong_kind(at, "integer")
        value = int(value)
    elif not isinstance(value, int) or value is True or value is False:
        raise faults.wrong_kind(at, "integer")
    if not -faults.SAFE_INTEGER <= value <= faults.SAFE_INTEGER:
        raise faults.not_safe(at)
    _check_bounds(value, at, minimum, exclusive_minimum, maximum, exclusive_maximum)
    if multiple_of is not None and value % multiple_of:
        raise faults.out_of_bounds(at, "a multiple of", multiple_of)
    return value


def number(
    value: object,
    at: str,
    *,
    minimum: float | None = None,
    exclusive_minimum: float | None = None,
    maximum: float | None = None,
    exclusive_maximum: float | None = None,
) -> float:
    """Reads or writes a finite double."""
    if not isinstance(value, (int, float)) or value is True or value is False:
        raise faults.wrong_kind(at, "number")
    try:
        # Adding zero turns -0 into 0.
        value = float(value) + 0.0
    except OverflowError:
        raise faults.not_finite(at) from None
    if value - value != 0:
        raise faults.not_finite(at)
    _check_bounds(value, at, minimum, exclusive_minimum, maximum, exclusive_maximum)
    return value


def _check_bounds(
    value: float,
    at: str,
    minimum: float | None,
    exclusive_minimum: float | None,
    maximum: float | None,
    exclusive_maximum: float | None,
) -> None:
    if minimum is not None and value < minimum:
        raise faults.out_of_bounds(at, "at least", minimum)
    if exclusive_minimum is not None and value <= exclusive_minimum:
        raise faults.out_of_bounds(at, "greater than", exclusive_minimum)
    if maximum is not None and value > maximum:
        raise faults.out_of_bounds(at, "at most", maximum)
    if exclusive_maximum is not None and value >= exclusive_maximum:
        raise faults.out_of_bounds(at, "less than", exclusive_maximum)


class Rule:
    """What a text must look like, and the sentence for one that does not."""

    __slots__ = ("fits", "message", "name_message")

    def __init__(
        self, message: str, fits: Callable[[str], bool], name_message: str = ""
    ) -> None:
        self.message = message
        self.fits = fits
        self.name_message = name_message or message


def string(
    value: object,
    at: str,
    *,
    min_length: int | None = None,
    max_length: int | None = None,
    rules: Sequence[Rule] = (),
) -> str:
    """Reads or writes a text; its length is counted in code points."""
    if not isinstance(value, str):
        raise faults.wrong_kind(at, "string")
    if min_length is not None and len(value) < min_length:
        raise faults.too_few(at, min_length, "character")
    if max_length is not None and len(value) > max_length:
        raise faults.too_many(at, max_length, "character")
    for rule in rules:
        if not rule.fits(value):
            raise InvalidValueError(at, rule.message)
    return value


def decode_bytes(
    value: object,
    at: str,
    *,
    min_length: int | None = None,
    max_length: int | None = None,
) -> bytes:
    """Reads bytes from standard base64 in its one canonical form; the lengths are those
    of the text.
    """
    text = string(value, at, min_length=min_length, max_length=max_length)
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise InvalidValueError(at, "must be valid base64") from None
    # The unused bits of the last character must be 0, which Python does not ask.
    tail = "==" if text.endswith("==") else "=" if text.endswith("=") else ""
    if tail and text[-len(tail) - 1] not in _BASE64_TAILS[tail]:
        raise InvalidValueError(at, "must be valid base64")
    return data


def encode_bytes(
    value: object,
    at: str,
    *,
    min_length: int | None = None,
    max_length: int | None = None,
) -> str:
    if not isinstance(value, (bytes, bytearray)):
        raise faults.wrong_kind(at, "string")
    return string(
        base64.b64encode(value).decode("ascii"),
        at,
        min_length=min_length,
        max_length=max_length,
    )


def decode_wide(value: object, at: str, name: str, least: int, most: int) -> int:
    """Reads a 64-bit integer from its decimal digits."""
    text = string(value, at)
    digits = text.removeprefix("-")
    fits = len(digits) <= 20 and digits.isascii() and digits.isdigit() and text != "-0"
    if (
        not fits
        or (digits != "0" and digits.startswith("0"))
        or not least <= int(text) <= most
    ):
        raise InvalidValueError(at, f"must be a valid {name}")
    return int(text)


def encode_wide(value: object, at: str, name: str, least: int, most: int) -> str:
    if not isinstance(value, int) or value is True or value is False:
        raise faults.wrong_kind(at, "string")
    if not least <= value <= most:
        raise InvalidValueError(at, f"must be a valid {name}")
    return str(value)


class Literals(Generic[T]):
    """The values that may stand somewhere."""

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
            return faults.wrong_kind(at, *self._kinds)
        if kind == "number" and "integer" in self._kinds:
            try:
                integer(value, at)
            except InvalidValueError as fault:
                return fault
        if self._by_kind:
            return faults.not_listed(
                at, [listed for listed in self._values if kind_of(listed) == kind]
            )
        return faults.not_listed(at, self._values)


def fits_kinds(value: object, kind: str, kinds: Sequence[str]) -> bool:
    if kind != "number":
        return kind in kinds
    if "number" in kinds:
        return True
    return "integer" in kinds and (
        isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    )


def kind_of(value: object) -> str:
    """The JSON kind of a value; "" for what JSON cannot hold."""
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
    return "array" if is_array(value) else ""


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, (dict, Mapping))


def is_array(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (list, tuple))


def anything(value: object, at: str) -> Json:
    """Reads or writes any JSON value."""
    _check_json(value, at)
    return cast("Json", value)


def _check_json(value: object, at: str) -> None:
    if is_object(value):
        _check_depth(at)
        _check_names(value, at)
        for name in sorted(value):
            _check_json(value[name], at + faults.step(name))
    elif is_array(value):
        _check_depth(at)
        for index, element in enumerate(value):
            _check_json(element, f"{at}/{index}")
    elif isinstance(value, float):
        if value - value != 0:
            raise faults.not_finite(at)
    elif value is not None and not isinstance(value, (str, int)):
        raise InvalidValueError(at, "must be a JSON value")


def _check_depth(at: str) -> None:
    # Slashes within a name are written ~1, so each slash is one level.
    if at.count("/") >= _MAX_DEPTH:
        raise faults.too_deep(at)


def _check_names(value: Iterable[object], at: str) -> None:
    if not all(isinstance(name, str) for name in value):
        raise InvalidValueError(at, "must be a JSON value")


def elements(
    value: object,
    at: str,
    *,
    min_items: int | None = None,
    max_items: int | None = None,
) -> Iterable[tuple[int, object]]:
    """The elements of an array with their numbers."""
    if not is_array(value):
        raise faults.wrong_kind(at, "array")
    _check_depth(at)
    if min_items is not None and len(value) < min_items:
        raise faults.too_few(at, min_items, "element")
    if max_items is not None and len(value) > max_items:
        raise faults.too_many(at, max_items, "element")
    return enumerate(value)


def written_elements(
    value: Sequence[T],
    at: str,
    *,
    min_items: int | None = None,
    max_items: int | None = None,
) -> Iterable[tuple[int, T]]:
    """The elements of what is to be an array."""
    elements(value, at, min_items=min_items, max_items=max_items)
    return enumerate(value)


def tuple_of(value: object, at: str, length: int) -> Sequence[object]:
    if not is_array(value):
        raise faults.wrong_kind(at, "array")
    _check_depth(at)
    if len(value) != length:
        raise faults.not_exactly(at, length, "element")
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
    found = members(
        value, at, min_properties=min_properties, max_properties=max_properties
    )
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


def members(
    value: object,
    at: str,
    *,
    min_properties: int | None = None,
    max_properties: int | None = None,
) -> Mapping[str, object]:
    """The members of an object."""
    if not is_object(value):
        raise faults.wrong_kind(at, "object")
    _check_depth(at)
    check_count(len(value), at, min_properties, max_properties)
    return value


def check_count(
    count: int, at: str, min_properties: int | None, max_properties: int | None
) -> None:
    if min_properties is not None and count < min_properties:
        raise faults.too_few(at, min_properties, "member")
    if max_properties is not None and count > max_properties:
        raise faults.too_many(at, max_properties, "member")


def require(found: Mapping[str, object], at: str, *names: str) -> None:
    for name in names:
        if name not in found:
            raise faults.missing(at, name)


def optional(
    found: Mapping[str, object], at: str, name: str, read: Callable[[object, str], T]
) -> T | None:
    """Reads a member that may be absent."""
    return read(found[name], at + faults.step(name)) if name in found else None


def optional_nullable(
    found: Mapping[str, object], at: str, name: str, read: Callable[[object, str], T]
) -> T | Unset:
    """Reads a member that may be absent, where None stands for null."""
    return read(found[name], at + faults.step(name)) if name in found else UNSET


def nullable(
    value: object, at: str, read: Callable[[object, str], T], *kinds: str
) -> T | None:
    """Reads a value that may be null; `kinds` are all that may come."""
    if value is None:
        return None
    kind = kind_of(value)
    if kind not in kinds and not (kind == "number" and "integer" in kinds):
        raise faults.wrong_kind(at, *kinds)
    return read(value, at)


def write_nullable(
    value: T | None, at: str, write: Callable[[T, str], object]
) -> object:
    """Writes a value that may be null."""
    return None if value is None else write(value, at)


def literal(value: object, at: str, wanted: T, *kinds: str) -> T:
    """Reads or writes the only value there may be; `kinds` is its kind."""
    kind = kind_of(value)
    if not fits_kinds(value, kind, kinds):
        raise faults.wrong_kind(at, *kinds)
    if value != wanted or kind != kind_of(wanted):
        raise faults.not_listed(at, [wanted])
    return wanted


def no_params(value: object, at: str) -> None:
    """Reads params that are not declared."""
    if not is_object(value) and (not is_array(value) or len(value) > 0):
        raise faults.wrong_kind(at, "object")


def wrong_kind(at: str, *kinds: str) -> InvalidValueError:
    return faults.wrong_kind(at, *kinds)


def listed(value: object, at: str, *kinds: str) -> str | float | bool | None:
    """Reads or writes a value of an open list: any of the same kinds."""
    if not fits_kinds(value, kind_of(value), kinds):
        raise faults.wrong_kind(at, *kinds)
    return value if isinstance(value, (str, int, float)) else None


def refuse_others(found: Mapping[str, object], at: str, *names: str) -> None:
    """Raises for a member that is not among `names`."""
    if len(found) <= len(names) and found.keys() <= set(names):
        return
    others = found.keys() - set(names)
    if others:
        raise faults.unknown_member(at, min(others))


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
    raise faults.not_listed(at + faults.step(name), tags)


def instance(value: object, wanted: type, at: str) -> None:
    """Raises unless a program gave the class that its type says."""
    if not isinstance(value, wanted):
        raise faults.wrong_kind(at, "object")
