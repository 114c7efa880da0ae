"""The program of values.test.ts: writes values that do not fit, and some that do.

Prints for each what was said, or what was written, as JSON.
"""

from __future__ import annotations

import array
import dataclasses
import datetime
import decimal
import enum
import json
import pathlib
import sys
import types
import uuid
from collections import UserDict, UserList, deque
from collections.abc import Callable
from typing import Any

from generated import simple_ipc as ipc
from generated import values as c


class ndarray:  # noqa: N801
    """As numpy has it; its package is no part of what tests need."""

    def __init__(self, shape: tuple[int, ...], data: Any) -> None:
        self.shape = shape
        self._data = data

    def tolist(self) -> Any:
        return self._data


class DataFrame:
    columns = ("a",)

    def to_dict(self, orient: str = "dict") -> Any:
        return {}


class float32(ndarray):  # noqa: N801
    def __init__(self, value: float) -> None:
        super().__init__((), value)

    def __float__(self) -> float:
        return float(self._data)


numpy = types.ModuleType("numpy")
for kind in (ndarray, float32):
    kind.__module__ = "numpy"
    setattr(numpy, kind.__name__, kind)
sys.modules["numpy"] = numpy


class Color(enum.Enum):
    RED = "red"


class StrColor(str, enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Own:
    x: int = 1


class Nasty:
    """Nothing can be asked of it."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


async def coroutine() -> float:
    return 1.0


def pending() -> Any:
    work = coroutine()
    pendings.append(work)
    return work


pendings: list[Any] = []
day = datetime.date(2026, 1, 2)

ways: dict[str, tuple[Callable[..., object], Any]] = {
    "numpy array": (c.encode_scores, ndarray((2,), [1.0, 2.0])),
    "numpy array without dimensions": (c.encode_scores, ndarray((), 1.0)),
    "inside": (c.encode_scores, [1, float32(2)]),
    "numpy scalar": (c.encode_score, float32(2)),
    "frame": (c.encode_scores, DataFrame()),
    "range": (c.encode_scores, range(3)),
    "tuple": (c.encode_scores, (1, 2)),
    "deque": (c.encode_scores, deque([1, 2])),
    "user list": (c.encode_scores, UserList([1, 2])),
    "array of numbers": (c.encode_scores, array.array("d", [1, 2])),
    "set": (c.encode_scores, {1}),
    "generator": (c.encode_scores, (n for n in range(2))),
    "dict keys": (c.encode_scores, {1: 2}.keys()),
    "text for an array": (c.encode_scores, "12"),
    "bytes for an array": (c.encode_scores, b"12"),
    "dict for an array": (c.encode_scores, {}),
    "none": (c.encode_scores, None),
    "too few": (c.encode_scores, []),
    "dict for a dataclass": (c.encode_point, {"x": 1, "y": 2}),
    "other dataclass": (c.encode_point, Own()),
    "class": (c.encode_point, c.Point),
    "mapping": (c.encode_counts, types.MappingProxyType({"a": 1})),
    "user dict": (c.encode_counts, UserDict({"a": 1})),
    "dataclass for a map": (c.encode_counts, Own()),
    "coroutine": (c.encode_score, pending()),
    "function": (c.encode_score, pending),
    "nasty": (c.encode_score, Nasty()),
    "decimal": (c.encode_score, decimal.Decimal("1.5")),
    "duration": (c.encode_score, datetime.timedelta(seconds=1)),
    "moment for a number": (c.encode_score, datetime.datetime(2026, 1, 2)),
    "boolean for a number": (c.encode_score, True),
    "text for a number": (c.encode_score, "1"),
    "out of bounds": (c.encode_score, -1),
    "not finite": (c.encode_score, float("nan")),
    "decimal for an integer": (c.encode_count, decimal.Decimal(1)),
    "too large": (c.encode_count, 2**60),
    "far too large": (c.encode_count, 10**5000),
    "date": (c.encode_name, day),
    "path": (c.encode_name, pathlib.PurePosixPath("/a")),
    "uuid": (c.encode_name, uuid.UUID(int=0)),
    "bytes for text": (c.encode_name, b"a"),
    "too short": (c.encode_name, ""),
    "enumeration": (c.COLOR_VALUES, Color.RED),
    "enumeration of text": (c.COLOR_VALUES, StrColor.RED),
    "not listed": (c.COLOR_VALUES, "blue"),
    "text for bytes": (c.encode_blob, "a"),
    "list for bytes": (c.encode_blob, [1]),
    "text for a wide integer": (c.encode_wide, "1"),
    "wide integer": (c.encode_wide, 2**64),
    "union of all: tuple": (c.encode_mixed, (1.0,)),
    "union of all: set": (c.encode_mixed, {1}),
    "name in a path": (c.encode_counts, {"\x1b[31m\u202e\n": "x"}),
    "any": (ipc.anything, [{1}]),
    "any: sequence": (ipc.anything, {"a": [range(2), deque("ab")]}),
    "any: mapping": (ipc.anything, types.MappingProxyType({"a": (1, Own)})),
    "any: mappings": (ipc.anything, types.MappingProxyType({"a": (UserDict(b=1),)})),
    "any: name": (ipc.anything, {1: 2}),
    "any: date": (ipc.anything, {"a": [day]}),
    "constant: the next integer": (
        lambda value, at: ipc.literal(value, at, 2**53, "number"),
        2**53 + 1,
    ),
    "any: not finite in a sequence": (ipc.anything, deque([float("inf")])),
}


def said(write: Callable[..., object], value: object) -> object:
    try:
        return {"written": write(value, "")}
    except ipc.InvalidValueError as fault:
        return {"on_wire": fault.on_wire, "text": str(fault)}


print(json.dumps({name: said(*way) for name, way in ways.items()}))
for work in pendings:
    work.close()
