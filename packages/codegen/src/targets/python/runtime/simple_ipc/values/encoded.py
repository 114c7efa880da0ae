"""Reads and writes bytes and 64-bit integers, which are strings in JSON."""

from __future__ import annotations

from typing import Final, cast

from .faults import InvalidValueError, too_few, too_many
from .found import found_kind, found_value
from .raw_bytes import OutgoingBytes, Part, may_be_raw
from .scalars import bounded_string, string

_BYTES_INSTEAD: Final[dict[type, str]] = {str: ".encode()"}
_BASE64_TAILS: Final = {"==": "AQgw", "=": "AEIMQUYcgkosw048"}


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
    if isinstance(value, Part):
        _check_length(value.size, at, min_length, max_length)
        return value.received.take(value)
    from base64 import b64decode

    text = bounded_string(value, at, min_length=min_length, max_length=max_length)
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise InvalidValueError(at, "must be valid base64") from None
    # The unused bits of the last character must be 0, which Python does not check.
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
) -> object:
    """Writes bytes: long ones of a message as they are, others as base64."""
    if not isinstance(value, (bytes, bytearray, memoryview)):
        # To the other side it is a string, but not to a program in Python.
        found = found_kind(value, (), _BYTES_INSTEAD.get(type(value), ""))
        raise InvalidValueError(at, "must be a string", f" made from bytes{found}")
    outgoing = OutgoingBytes(_flat(cast("bytes | memoryview[int]", value)))
    _check_length(outgoing.view.nbytes, at, min_length, max_length)
    return outgoing if may_be_raw(outgoing.view) else outgoing.base64()


def _flat(value: bytes | memoryview) -> memoryview:
    """One byte after the other, as they are in memory if they lie there so."""
    view = memoryview(value)
    if not view.nbytes or not view.c_contiguous:
        return memoryview(view.tobytes())
    return view.cast("B")


def _check_length(
    size: int, at: str, min_length: int | None, max_length: int | None
) -> None:
    """The limits are those of the text in base64."""
    length = (size + 2) // 3 * 4
    if min_length is not None and length < min_length:
        raise too_few(length, at, min_length, "character")
    if max_length is not None and length > max_length:
        raise too_many(length, at, max_length, "character")


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
    """Writes a 64-bit integer as decimal digits."""
    if not isinstance(value, int) or value is True or value is False:
        found = found_kind(
            value, ("integer",), "int(…)" if isinstance(value, str) else ""
        )
        raise InvalidValueError(at, "must be a string", f" made from an int{found}")
    if not least <= value <= most:
        raise InvalidValueError(at, f"must be a valid {name}", found_value(value))
    return str(value)
