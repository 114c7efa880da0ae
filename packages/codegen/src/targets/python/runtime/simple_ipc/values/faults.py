"""What can be wrong with a value; the messages are the same in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    """The first fault of a value: a JSON Pointer (RFC 6901) into it, and a sentence."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path} {message}")
        self.path = path
        self.message = message

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.message)


def issues(fault: InvalidValueError) -> dict[str, object]:
    """The data of an error that reports a fault to the other side."""
    return {"issues": [{"path": fault.path, "message": fault.message}]}


def step(name: str) -> str:
    """One step of a JSON Pointer."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def wrong_kind(at: str, *kinds: str) -> InvalidValueError:
    return InvalidValueError(
        at, f"must be {_either([_KIND_WORDS[kind] for kind in kinds])}"
    )


def missing(at: str, name: str) -> InvalidValueError:
    return InvalidValueError(at + step(name), "is missing")


def unknown_member(at: str, name: str) -> InvalidValueError:
    return InvalidValueError(at + step(name), "is not a known member")


def not_listed(at: str, values: Sequence[object]) -> InvalidValueError:
    listed = ", ".join(literal_text(value) for value in values)
    return InvalidValueError(
        at, f"must be {listed}" if len(values) == 1 else f"must be one of {listed}"
    )


def not_safe(at: str) -> InvalidValueError:
    return InvalidValueError(
        at, f"must be an integer from -{SAFE_INTEGER} to {SAFE_INTEGER}"
    )


def not_finite(at: str) -> InvalidValueError:
    return InvalidValueError(at, "must be a finite number")


def too_few(at: str, least: int, what: str) -> InvalidValueError:
    return InvalidValueError(at, f"must have at least {_count(least, what)}")


def too_many(at: str, most: int, what: str) -> InvalidValueError:
    return InvalidValueError(at, f"must have at most {_count(most, what)}")


def not_exactly(at: str, wanted: int, what: str) -> InvalidValueError:
    return InvalidValueError(at, f"must have exactly {_count(wanted, what)}")


def out_of_bounds(at: str, relation: str, bound: float) -> InvalidValueError:
    return InvalidValueError(at, f"must be {relation} {literal_text(bound)}")


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
