"""Reads and writes numbers, strings, booleans and null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import faults
from .faults import SAFE_INTEGER, InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST_INTEGER: Final = -SAFE_INTEGER


def nothing(value: object, at: str) -> None:
    """Reads or writes null."""
    if value is not None:
        raise faults.wrong_kind(value, at, "null")


def ignored(value: object, at: str) -> None:
    """Reads a value that is not declared, whatever it is."""


def boolean(value: object, at: str) -> bool:
    """Reads or writes true or false."""
    if value is True or value is False:
        return value
    raise faults.wrong_kind(value, at, "boolean")


def integer(value: object, at: str) -> int:
    """Reads or writes an integer that a double holds exactly; `1.0` is one."""
    if isinstance(value, int) and value is not True and value is not False:
        checked = value
    elif isinstance(value, float) and value.is_integer():
        checked = int(value)
    else:
        raise faults.wrong_kind(value, at, "integer")
    if _LEAST_INTEGER <= checked <= SAFE_INTEGER:
        return checked
    raise faults.not_safe(checked, at)


def bounded_integer(
    value: object,
    at: str,
    *,
    minimum: int | None = None,
    exclusive_minimum: int | None = None,
    maximum: int | None = None,
    exclusive_maximum: int | None = None,
    multiple_of: int | None = None,
) -> int:
    """Reads or writes an integer within bounds."""
    checked = integer(value, at)
    _check_bounds(checked, at, minimum, exclusive_minimum, maximum, exclusive_maximum)
    if multiple_of is not None and checked % multiple_of:
        raise faults.out_of_bounds(checked, at, "a multiple of", multiple_of)
    return checked


def number(value: object, at: str) -> float:
    """Reads or writes a finite double."""
    if not isinstance(value, (int, float)) or value is True or value is False:
        raise faults.wrong_kind(value, at, "number")
    try:
        # Adding zero turns -0 into 0.
        checked = float(value) + 0.0
    except OverflowError:
        raise faults.not_finite(value, at) from None
    if checked - checked != 0:
        raise faults.not_finite(value, at)
    return checked


def bounded_number(
    value: object,
    at: str,
    *,
    minimum: float | None = None,
    exclusive_minimum: float | None = None,
    maximum: float | None = None,
    exclusive_maximum: float | None = None,
) -> float:
    """Reads or writes a finite double within bounds."""
    checked = number(value, at)
    _check_bounds(checked, at, minimum, exclusive_minimum, maximum, exclusive_maximum)
    return checked


def _check_bounds(
    value: float,
    at: str,
    minimum: float | None,
    exclusive_minimum: float | None,
    maximum: float | None,
    exclusive_maximum: float | None,
) -> None:
    if minimum is not None and value < minimum:
        raise faults.out_of_bounds(value, at, "at least", minimum)
    if exclusive_minimum is not None and value <= exclusive_minimum:
        raise faults.out_of_bounds(value, at, "greater than", exclusive_minimum)
    if maximum is not None and value > maximum:
        raise faults.out_of_bounds(value, at, "at most", maximum)
    if exclusive_maximum is not None and value >= exclusive_maximum:
        raise faults.out_of_bounds(value, at, "less than", exclusive_maximum)


def string(value: object, at: str) -> str:
    """Reads or writes a string."""
    if isinstance(value, str):
        return value
    raise faults.wrong_kind(value, at, "string")


class Rule:
    """What a string must look like, and the message for one that does not."""

    __slots__ = ("fits", "message", "name_message")

    def __init__(
        self, message: str, fits: Callable[[str], bool], name_message: str = ""
    ) -> None:
        self.message = message
        self.fits = fits
        self.name_message = name_message or message


def bounded_string(
    value: object,
    at: str,
    *,
    min_length: int | None = None,
    max_length: int | None = None,
    rules: Sequence[Rule] = (),
) -> str:
    """Reads or writes a string of a certain form; its length is counted in code
    points.
    """
    text = string(value, at)
    if min_length is not None and len(text) < min_length:
        raise faults.too_few(len(text), at, min_length, "character")
    if max_length is not None and len(text) > max_length:
        raise faults.too_many(len(text), at, max_length, "character")
    for rule in rules:
        if not rule.fits(text):
            raise InvalidValueError(at, rule.message)
    return text
