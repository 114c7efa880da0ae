"""Ways to fail, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from generated import conversation as c


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


WAYS: dict[str, Callable[[], NoReturn]] = {
    "key": key,
    "caused": caused,
    "silent": silent,
    "undeclared": undeclared,
}
NAMES = list(WAYS)


def fail(name: str) -> NoReturn:
    WAYS[name]()
