"""What both hosts of the conversation table need: values between the driver's JSON and
the contract's types.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Mapping
from typing import Any

from generated import conversation as c
from generated import simple_ipc as ipc

# Not by the generated decoders: some rows pass values that do not fit.
_PARAMS: Mapping[str, Callable[[Any], object]] = {
    "add": lambda value: (value[0], value[1]),
    "echo": lambda value: c.EchoParams(**value),
    "fail": lambda value: c.FailParams(**value),
    "count": lambda value: c.CountParams(
        to=value["to"], size=value.get("size"), fail_at=value.get("failAt")
    ),
    "fill": lambda value: c.FillParams(**value),
    "slow": lambda value: c.SlowParams(**value),
    "nest": lambda value: c.NestParams(**value),
    "later": lambda value: c.Number(**value),
    "laterCount": lambda value: c.LaterCountParams(**value),
    "say": lambda value: c.SayParams(**value),
    "stubborn": lambda value: c.StubbornParams(**value),
    "quit": lambda value: c.QuitParams(**value),
    "sum": lambda value: c.SumParams(**value),
    "tell": lambda value: c.TellParams(**value),
    "tellAndReport": lambda value: c.TellAndReportParams(**value),
}
_STREAMS = frozenset({"count", "laterCount"})


def arguments(method: str, value: object) -> tuple[object, ...]:
    """The params of a method, if it has any."""
    make = _PARAMS.get(method)
    return () if make is None else (make(value),)


def grace(name: str) -> float:
    """The seconds that a stop waits at a step: the milliseconds that the environment
    says, or the default of two seconds.
    """
    return int(os.environ.get(name, "2000")) / 1000


def member(client: object, method: str) -> Callable[..., Any]:
    """The method of a client, by its name in the contract."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method)
    found: Callable[..., Any] = getattr(client, name)
    return found


def is_stream(method: str) -> bool:
    return method in _STREAMS


def has_progress(method: str) -> bool:
    return method == "count"


def plain(value: object) -> object:
    """A value as JSON has it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return value


def failure(error: ipc.RpcError) -> dict[str, object]:
    """An error as the driver's JSON has it."""
    told: dict[str, object] = {"code": error.code, "message": error.message}
    if error.code != "WORKER_EXITED" and error.data is not None:
        told["data"] = plain(error.data)
    if isinstance(error, ipc.DeclaredError):
        told["declared"] = error.NAME
    return told
