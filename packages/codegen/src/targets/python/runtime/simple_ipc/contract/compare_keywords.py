"""Keywords by which a receiver is stricter than a sender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..values.kinds import is_array

Schema = Mapping[str, object]
Incompatibilities = Iterator[tuple[str, str]]
"""JSON Pointers into the value, and why it may be refused there."""

_COUNTS: Final = (
    ("Length", "characters"),
    ("Items", "elements"),
    ("Properties", "members"),
)
_INFINITY: Final = float("inf")
_RULES: Final = {
    "pattern": "need not match the pattern",
    "format": "need not have the format",
    "contentEncoding": "need not be encoded as",
    "multipleOf": "need not be a multiple of",
    "uniqueItems": "may have equal elements:",
}


def stricter_keywords(sent: Schema, received: Schema) -> Incompatibilities:
    """Where the receiver has rules that the sender does not keep."""
    for sign, words in ((1, "less"), (-1, "more")):
        bound = _bound(received, sign)
        if _bound(sent, sign) < bound:
            yield "", f"may be {words} than is accepted ({abs(bound[0]):g})"
    for key, what in _COUNTS:
        # The length of a tuple is part of its shape.
        if key == "Items" and is_array(sent.get("items")):
            continue
        least, most = received.get(f"min{key}"), received.get(f"max{key}")
        if _number(least, 0) > _number(sent.get(f"min{key}"), 0):
            yield "", f"may have fewer than {least} {what}"
        if _number(most, _INFINITY) < _number(sent.get(f"max{key}"), _INFINITY):
            yield "", f"may have more than {most} {what}"
    for key, message in _RULES.items():
        rule = received.get(key)
        if rule is not None and rule is not False and sent.get(key) != rule:
            yield "", f"{message} {rule}"


def _bound(schema: Schema, sign: int) -> tuple[float, bool]:
    """The lower limit, or with sign -1 the upper one mirrored, and whether the limit
    itself is excluded.
    """
    plain, exclusive = (
        ("minimum", "exclusiveMinimum")
        if sign == 1
        else ("maximum", "exclusiveMaximum")
    )
    return max(
        (sign * _number(schema.get(plain), -sign * _INFINITY), False),
        (sign * _number(schema.get(exclusive), -sign * _INFINITY), True),
    )


def _number(value: object, otherwise: float) -> float:
    return value if isinstance(value, (int, float)) else otherwise
