"""Waits for the result of a call, or for the items of a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..values.scalars import ignored
from .progress import report_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..contract.contract import Codec
    from .call import Call
    from .cancel_event import CancelEvent
    from .timeouts import Timeouts

T = TypeVar("T")
R = TypeVar("R")


def finish(
    call: Call,
    result: Callable[[object, str], R],
    *,
    timeout: float | None = None,
    idle_timeout: float | None = None,
    cancel: CancelEvent | None = None,
    progress: Codec = ignored,
    on_progress: Callable[[Any], object] | None = None,
) -> R:
    """Waits for a call's result."""
    call.drops_items = True
    call.cancel_with(cancel)
    _wait(call, call.timeouts(timeout, idle_timeout), progress, on_progress)
    failure = call.failure
    if failure is not None:
        raise failure
    return call.outcome(result)


def _wait(
    call: Call,
    timeouts: Timeouts,
    progress: Codec,
    on_progress: Callable[[Any], object] | None,
) -> None:
    """Returns when the call is settled."""
    try:
        while True:
            report_progress(call, progress, on_progress)
            if call.is_settled and not call.progress:
                return
            call.wait(timeouts, for_items=False)
    except BaseException:
        call.cancel()
        raise


class Stream(Generic[T, R]):
    """The items of a call, to be read in a `for` loop, and its result.

    Leaving the loop early cancels the call.
    """

    def __init__(
        self,
        call: Call,
        item: Callable[[object, str], T],
        result: Callable[[object, str], R],
        *,
        timeout: float | None = None,
        idle_timeout: float | None = None,
        cancel: CancelEvent | None = None,
        progress: Codec = ignored,
        on_progress: Callable[[Any], object] | None = None,
    ) -> None:
        self._call = call
        call.cancel_with(cancel)
        self._item = item
        self._result = result
        self._progress = progress
        self._on_progress = on_progress
        self._timeouts = call.timeouts(timeout, idle_timeout)
        self._is_looped = False

    def __iter__(self) -> Iterator[T]:
        call = self._call
        self._is_looped = True
        call.drops_items = False
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
                call.wait(self._timeouts)
        finally:
            call.cancel()

    def result(self) -> R:
        """Waits for the result. Without a loop before it, the items are dropped."""
        if not self._is_looped:
            self._call.drop_items()
        call = self._call
        _wait(call, self._timeouts, self._progress, self._on_progress)
        failure = call.failure
        if failure is not None:
            raise failure
        return call.outcome(self._result)

    def cancel(self) -> None:
        """Cancels the call on the other side."""
        self._call.cancel()

    def __enter__(self) -> Stream[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()
