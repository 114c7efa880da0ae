"""What a call that was sent ends with, for coroutines."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Generator
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from .async_call import AsyncCall

T = TypeVar("T")
R = TypeVar("R")


class SentCall(Coroutine[Any, Any, R]):
    """A coroutine that waits for a call, and ends it with itself.

    A coroutine's own `finally` does not run when it is cancelled, closed or dropped
    before its first step, as in a task group that fails or by `wait_for(…, 0)`.
    """

    def __init__(self, work: Coroutine[Any, Any, R], call: AsyncCall) -> None:
        self._work = work
        self._call = call
        self._has_begun = False

    def __await__(self) -> Generator[Any, Any, R]:
        # Nothing can end it before its first step, and then it ends the call itself.
        self._has_begun = True
        return self._work.__await__()

    def send(self, value: object) -> object:
        self._has_begun = True
        return self._work.send(value)

    def throw(self, *failure: object) -> object:
        throw = cast("Callable[..., object]", self._work.throw)
        try:
            return throw(*failure)
        except BaseException:
            self._call.call.cancel()
            raise

    def close(self) -> None:
        self._work.close()
        self._call.call.cancel()

    def __del__(self) -> None:
        if not (self._has_begun or self._call.call.is_settled):
            self._call.cancel_later()

    def __getattr__(self, name: str) -> object:
        """`cr_frame` and the like, for debuggers."""
        found: object = getattr(self._work, name)
        return found


class Reader(AsyncIterator[T]):
    """Reads the items of a call, and ends it with itself."""

    def __init__(self, items: AsyncGenerator[T, None], call: AsyncCall) -> None:
        self._items = items
        self._call = call
        self._has_begun = False

    def __anext__(self) -> Coroutine[Any, Any, T]:
        if self._has_begun:
            return self._items.__anext__()
        self._has_begun = True
        return SentCall(self._items.__anext__(), self._call)

    async def aclose(self) -> None:
        """Ends the call."""
        await self._items.aclose()
        self._call.call.cancel()

    def __del__(self) -> None:
        if not (self._has_begun or self._call.call.is_settled):
            self._call.cancel_later()
