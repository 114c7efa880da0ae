"""What a value is that does not fit, in Python's words, and what to write instead."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from ..raised import AnyError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST: Final = 40


def found_kind(value: object, kinds: Sequence[str], instead: str = "") -> str:
    """What follows `must be an array`: `, not numpy.ndarray (use .tolist())`; `instead`
    is what to write, where that is known.

    Made only for values that do not fit. Never raises, whatever the value is.
    """
    try:
        use = "await" if _is_awaitable(value) else instead or _instead(value, kinds)
        return f", not {_name(value)}{use and f' (use {use})'}"
    except AnyError:
        return ""


def found_value(value: object) -> str:
    """What follows `must be at least 1`: a number or a short text."""
    if not isinstance(value, (str, int, float)):
        return ""
    try:
        text = repr(value)
    except AnyError:
        # Python writes no integer of thousands of digits.
        return ""
    return f", not {text}" if len(text) <= _LONGEST else ""


def _name(value: object) -> str:
    if value is None or value is True or value is False:
        return str(value)
    if _is_awaitable(value):
        return f"a {type(value).__qualname__}"
    kind = type(value)
    name = kind.__qualname__
    if kind.__module__ in {"builtins", "__main__"}:
        return name
    # pathlib.PosixPath is at home in a private module.
    package = kind.__module__.partition(".")[0]
    is_exported = getattr(sys.modules.get(package), name, None) is kind
    return f"{package if is_exported else kind.__module__}.{name}"


def _instead(value: object, kinds: Sequence[str]) -> str:
    if hasattr(value, "shape") and hasattr(value, "tolist"):
        # Scalars and arrays of numpy, and what follows its lead.
        shape: object = getattr(value, "shape", None)
        return ".tolist()" if shape else ".item()"
    for kind in kinds:
        use = _INSTEAD[kind](value) if kind in _INSTEAD else ""
        if use:
            return use
    if hasattr(value, "name") and hasattr(value, "value"):
        # A member of an enumeration.
        return ".value"
    return "its result" if callable(value) and not isinstance(value, type) else ""


def _is_awaitable(value: object) -> bool:
    return hasattr(value, "__await__")


def _array_instead(value: object) -> str:
    for method in ("tolist", "to_list"):
        if hasattr(value, method):
            return f".{method}()"
    if hasattr(value, "to_dict") and hasattr(value, "columns"):
        return '.to_dict("records")'
    if isinstance(value, str) or hasattr(value, "keys"):
        return ""
    return "list(…)" if isinstance(value, (Collection, Iterator)) else ""


def _object_instead(value: object) -> str:
    for method in ("model_dump", "to_dict", "_asdict"):
        if hasattr(value, method):
            return f".{method}()"
    is_made = hasattr(value, "__dataclass_fields__") and not isinstance(value, type)
    return "dataclasses.asdict(…)" if is_made else ""


def _string_instead(value: object) -> str:
    for method in ("isoformat", "decode"):
        if hasattr(value, method):
            return f".{method}()"
    is_text = hasattr(value, "__fspath__") or _name(value) == "uuid.UUID"
    return "str(…)" if is_text else ""


def _number_instead(value: object, convert: str) -> str:
    for method in ("total_seconds", "timestamp"):
        if hasattr(value, method):
            return f".{method}()"
    if isinstance(value, (bool, complex)):
        return ""
    return f"{convert}(…)" if hasattr(value, "__float__") else ""


_INSTEAD: Final[dict[str, Callable[[object], str]]] = {
    "array": _array_instead,
    "object": _object_instead,
    "string": _string_instead,
    "number": lambda value: _number_instead(value, "float"),
    "integer": lambda value: _number_instead(value, "int"),
}
