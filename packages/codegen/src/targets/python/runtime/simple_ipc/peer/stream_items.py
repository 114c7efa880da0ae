"""The types of a stream's handler."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Result(Generic[R]):
    """The result of an asynchronous generator, which cannot return one: it yields
    `Result(value)` last.
    """

    def __init__(self, value: R) -> None:
        self.value = value


Items: TypeAlias = Generator[T, None, R] | AsyncGenerator[T | Result[R], None]
"""A generator that yields the items and returns the result, or an asynchronous one that
yields the result last.
"""
