"""Ways to fail, by name."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import NoReturn

from generated import conversation as c
from generated import simple_ipc as ipc


class SilentError(Exception):
    def __init__(self) -> None:
        super().__init__()


def key() -> NoReturn:
    rows: dict[str, str] = {}
    rows["b"]
    raise AssertionError


def caused() -> NoReturn:
    try:
        key()
    except KeyError as cause:
        raise ValueError("two\nlines") from cause


def silent() -> NoReturn:
    raise SilentError


def undeclared() -> NoReturn:
    raise c.FailDeclaredError(c.Number(value=1), "of another method")


class UnprintableError(Exception):
    def __str__(self) -> str:
        raise ValueError("no text")

    def __repr__(self) -> str:
        raise ValueError("no text")


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no text")


class OwnError(BaseException):
    pass


class HaltedEarlyError(c.CountHaltedError):
    """A subclass of a declared error."""


class BrokenError(c.CountHaltedError):
    """One that does not make its base."""

    def __init__(self) -> None:
        pass


def raising(make: Callable[[], BaseException]) -> Callable[[], NoReturn]:
    def run() -> NoReturn:
        raise make()

    return run


def halted() -> c.CountHaltedError:
    return HaltedEarlyError(c.Number(value=3), "early")


def in_groups() -> BaseException:
    return ExceptionGroup("outer", [ExceptionGroup("inner", [halted()])])


UNUSUAL: dict[str, Callable[[], BaseException]] = {
    "unprintable": UnprintableError,
    "unprintable key": lambda: KeyError(Unprintable()),
    "own": OwnError,
    "cancelled": asyncio.CancelledError,
    "generator exit": GeneratorExit,
    "interrupt": lambda: KeyboardInterrupt("on purpose"),
    "stop": lambda: StopIteration(1),
    "async stop": StopAsyncIteration,
    "broken": BrokenError,
    "no json": lambda: ipc.RpcError("INVALID_ITEM", "not JSON", object()),
}

# Python 3.10 has none.
if sys.version_info >= (3, 11):
    UNUSUAL["group"] = lambda: BaseExceptionGroup(
        "two", [KeyError(1), KeyboardInterrupt()]
    )

WAYS: dict[str, Callable[[], NoReturn]] = {
    **{name: raising(make) for name, make in UNUSUAL.items()},
    "subclass": raising(halted),
    "groups": raising(in_groups),
    "key": key,
    "caused": caused,
    "silent": silent,
    "undeclared": undeclared,
}
NAMES = list(WAYS)


def fail(name: str) -> NoReturn:
    WAYS[name]()
