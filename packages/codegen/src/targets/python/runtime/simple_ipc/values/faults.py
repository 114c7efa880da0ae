"""What can be wrong with a value; the messages are the same in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..errors import RpcError
from .found import found_kind, found_value

if TYPE_CHECKING:
    from collections.abc import Sequence

SAFE_INTEGER: Final = 9007199254740991

_KIND_WORDS: Final = {
    "null": "null",
    "boolean": "a boolean",
    "integer": "an integer",
    "number": "a number",
    "string": "a string",
    "array": "an array",
    "object": "an object",
}


class InvalidValueError(ValueError):
    """The first fault of a value: a JSON Pointer (RFC 6901) into it, and a sentence.

    `found` continues it, for people, with what Python calls the value.
    """

    def __init__(self, path: str, message: str, found: str = "") -> None:
        super().__init__(_shown(f"{path} {message}{found}"))
        self.path = path
        self.message = message
        self.found = found

    @property
    def on_wire(self) -> str:
        """Without what only this program knows: the same in every language."""
        return _shown(f"{self.path} {self.message}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.message, self.found)


def _shown(sentence: str) -> str:
    """Names in a path may hold anything."""
    # Rarely needed.
    from ..printable import printable

    return printable(sentence, 1000)


def issues(fault: InvalidValueError) -> dict[str, object]:
    """The data of an error that reports a fault to the other side."""
    return {"issues": [{"path": fault.path, "message": fault.message}]}


def misfit(code: str, before: str, fault: InvalidValueError) -> RpcError:
    """The error for a value that does not fit; `before` is the beginning of its
    sentence. What the value is instead is for those who run the program.
    """
    short = f"{before}{fault.on_wire}"
    error = RpcError(code, f"{before}{fault}", issues(fault), short_message=short)
    error.__cause__ = fault
    return error


def step(name: str) -> str:
    """One step of a JSON Pointer."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def wrong_kind(
    value: object, at: str, *kinds: str, instead: str = ""
) -> InvalidValueError:
    """The error for a value of none of these kinds; `instead` is what to write."""
    wanted = _either([_KIND_WORDS[kind] for kind in kinds])
    return InvalidValueError(at, f"must be {wanted}", found_kind(value, kinds, instead))


def missing(at: str, name: str) -> InvalidValueError:
    return InvalidValueError(at + step(name), "is missing")


def unknown_member(at: str, name: str) -> InvalidValueError:
    return InvalidValueError(at + step(name), "is not a known member")


def not_listed(value: object, at: str, values: Sequence[object]) -> InvalidValueError:
    listed = ", ".join(literal_text(value) for value in values)
    message = f"must be {listed}" if len(values) == 1 else f"must be one of {listed}"
    return InvalidValueError(at, message, found_value(value))


def no_shape(at: str, count: int) -> InvalidValueError:
    """The error for a value that fits none of so many types."""
    return InvalidValueError(at, f"must fit one of the {count} shapes allowed here")


def not_safe(value: object, at: str) -> InvalidValueError:
    message = f"must be an integer from -{SAFE_INTEGER} to {SAFE_INTEGER}"
    return InvalidValueError(at, message, found_value(value))


def not_finite(value: object, at: str) -> InvalidValueError:
    return InvalidValueError(at, "must be a finite number", found_value(value))


def too_few(count: int, at: str, least: int, what: str) -> InvalidValueError:
    message = f"must have at least {_count(least, what)}"
    return InvalidValueError(at, message, found_value(count))


def too_many(count: int, at: str, most: int, what: str) -> InvalidValueError:
    message = f"must have at most {_count(most, what)}"
    return InvalidValueError(at, message, found_value(count))


def not_exactly(count: int, at: str, wanted: int, what: str) -> InvalidValueError:
    message = f"must have exactly {_count(wanted, what)}"
    return InvalidValueError(at, message, found_value(count))


def out_of_bounds(
    value: object, at: str, relation: str, bound: float
) -> InvalidValueError:
    message = f"must be {relation} {literal_text(bound)}"
    return InvalidValueError(at, message, found_value(value))


def too_deep(at: str) -> InvalidValueError:
    return InvalidValueError(at, "is nested deeper than 100 levels")


def literal_text(value: object) -> str:
    """A string as JSON, a number as JavaScript writes it."""
    if isinstance(value, float):
        return _number_text(value)
    from json import dumps

    return dumps(value, ensure_ascii=False)


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    mantissa, mark, exponent = repr(value).partition("e")
    if not mark:
        return mantissa
    if value.is_integer() or int(exponent) < -6:
        return f"{mantissa}e{int(exponent):+d}"
    # Python changes to exponents at 1e-5, JavaScript at 1e-7.
    sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    return f"{sign}0.{'0' * (-int(exponent) - 1)}{digits.replace('.', '')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
