"""Waits, in coroutines, for the result of a call or for the items of a stream."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from ..calls.progress import report_progress
from ..values.scalars import ignored
from .answer import Reader, SentCall

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        AsyncIterator,
        Callable,
    )

    from ..calls.timeouts import Timeouts
    from ..contract.contract import Codec
    from .async_call import AsyncCall

T = TypeVar("T")
R = TypeVar("R")

Answer: TypeAlias = Coroutine[Any, Any, R]
"""To be awaited. The call was sent when it was made; cancelling the task cancels it."""


def finish_async(
    call: AsyncCall,
    result: Callable[[object, str], R],
    *,
    timeout: float | None = None,
    idle_timeout: float | None = None,
    progress: Codec = ignored,
    on_progress: Callable[[Any], object] | None = None,
) -> Answer[R]:
    """Waits for a call's result."""
    call.call.drops_items = True
    timeouts = call.call.timeouts(timeout, idle_timeout)
    return SentCall(_finish(call, result, timeouts, progress, on_progress), call)


async def _finish(
    waiting: AsyncCall,
    result: Callable[[object, str], R],
    timeouts: Timeouts,
    progress: Codec,
    on_progress: Callable[[Any], object] | None,
) -> R:
    call = waiting.call
    try:
        while True:
            report_progress(call, progress, on_progress)
            if call.is_settled and not call.progress:
                failure = call.failure
                if failure is not None:
                    raise failure
                return call.outcome(result)
            await waiting.wait(timeouts, for_items=False)
    finally:
        call.cancel()


class AsyncStream(Generic[T, R]):
    """The items of a call, to be read in an `async for` loop, and its result.

    Leaving the loop early cancels the call: at once within `async with`, else when the
    iterator is collected.
    """

    def __init__(
        self,
        call: AsyncCall,
        item: Callable[[object, str], T],
        result: Callable[[object, str], R],
        *,
        timeout: float | None = None,
        idle_timeout: float | None = None,
        progress: Codec = ignored,
        on_progress: Callable[[Any], object] | None = None,
    ) -> None:
        self._waiting = call
        self._item = item
        self._result = result
        self._progress = progress
        self._on_progress = on_progress
        self._timeouts = call.call.timeouts(timeout, idle_timeout)
        self._is_looped = False

    def __aiter__(self) -> AsyncIterator[T]:
        self._is_looped = True
        self._waiting.call.drops_items = False
        return Reader(self._read(), self._waiting)

    async def _read(self) -> AsyncGenerator[T, None]:
        call = self._waiting.call
        try:
            while True:
                report_progress(call, self._progress, self._on_progress)
                while call.items:
                    for value in call.items.take():
                        yield call.read_item(value, self._item)
                if call.is_settled and not call.items:
                    failure = call.failure
                    if failure is not None:
                        raise failure
                    return
                await self._waiting.wait(self._timeouts)
        finally:
            call.cancel()

    def result(self) -> Answer[R]:
        """Waits for the result. Without a loop before it, the items are dropped."""
        if not self._is_looped:
            self._waiting.call.drop_items()
        waiting = self._waiting
        work = _finish(
            waiting, self._result, self._timeouts, self._progress, self._on_progress
        )
        return SentCall(work, waiting)

    def cancel(self) -> None:
        """Cancels the call on the other side."""
        self._waiting.call.cancel()

    async def __aenter__(self) -> AsyncStream[T, R]:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cancel()
