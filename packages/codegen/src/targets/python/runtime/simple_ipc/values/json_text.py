"""JSON, as the protocol allows it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from .depth import MAX_DEPTH, inside, is_too_deep

if TYPE_CHECKING:
    from collections.abc import Callable

# An escape, or the surrogate escapes among them: a pair, or a lone one.
_ESCAPES: Final = (
    r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"
    r"|(u[dD][89a-fA-F][\da-fA-F]{2})|.)"
)
# No double has more digits before its point.
_MOST_DIGITS: Final = 309
_MANY_DIGITS: Final = rf"(?<!\d)\d{{{_MOST_DIGITS}}}"
_OVERFLOW: Final = "a number in it overflows a double"
_TOO_DEEP: Final = f"it is nested deeper than {MAX_DEPTH}"


class UnreadableError(ValueError):
    """A string is not JSON that the protocol allows."""

    def __init__(self, message: str, *, is_json: bool) -> None:
        super().__init__(message)
        self.is_json = is_json


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if value - value != 0:
        raise ValueError(_OVERFLOW)
    return value


_read: Final[Callable[[str], tuple[object, int]]] = json.JSONDecoder(
    parse_constant=_refuse_constant, parse_float=_finite
).raw_decode


def encoder(otherwise: Callable[[object], object]) -> Callable[[object], str]:
    """Writes a value as short as it gets; `otherwise` makes JSON of what is none."""
    encoder = json.JSONEncoder(
        ensure_ascii=False,
        allow_nan=False,
        check_circular=False,
        separators=(",", ":"),
        default=otherwise,
    )
    # `encode` makes one of these for each value, which takes longer than to write one.
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return encoder.encode
    string = json.encoder.encode_basestring
    write = make(None, otherwise, string, None, ":", ",", False, False, False)
    return lambda value: "".join(write(value, 0))


def _in_text(value: object) -> object:
    """Bytes that were to be sent as they are, and cannot be."""
    base64 = getattr(value, "base64", None)
    if base64 is None:
        raise TypeError(f"{type(value).__name__} is not JSON")
    text: object = base64()
    return text


_encode: Final = encoder(_in_text)


def parse(text: str) -> object:
    """Reads a JSON text that has no space around it.

    Raises `UnreadableError` if it is none, is too deep, or holds a number that
    overflows.
    """
    if "\\u" in text and ("\\ud" in text or "\\uD" in text):
        text = re.sub(
            _ESCAPES,
            lambda found: "\ufffd" if found[1] else found[0],
            text,
            flags=re.DOTALL,
        )
    try:
        value, end = _read(text)
    except RecursionError:
        raise UnreadableError(_TOO_DEEP, is_json=True) from None
    except ValueError as error:
        raise UnreadableError(str(error), is_json=False) from None
    size = len(text)
    if end != size:
        raise UnreadableError(f"there is more after character {end}", is_json=False)
    # Checks of the text are cheaper than walks, and nearly always sufficient.
    if (
        size > 2 * MAX_DEPTH
        and text.count("[") + text.count("{") > MAX_DEPTH
        and is_too_deep(value)
    ):
        raise UnreadableError(_TOO_DEEP, is_json=True)
    if size >= _MOST_DIGITS and re.search(_MANY_DIGITS, text) and _overflows(value):
        raise UnreadableError(_OVERFLOW, is_json=False)
    return value


def _overflows(value: object) -> bool:
    """Whether an integer is too large for a double."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, int):
            try:
                float(item)
            except OverflowError:
                return True
        waiting.extend(inside(item))
    return False


def dump(value: object) -> str:
    """Writes JSON as short as it gets."""
    # Most ids and many results.
    return str(value) if type(value) is int else _encode(value)
