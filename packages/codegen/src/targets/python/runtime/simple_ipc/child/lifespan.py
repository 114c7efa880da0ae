"""Resources that a program opens before the first call and closes after the last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import TYPE_CHECKING, Final, TypeGuard, TypeVar

from ..raised import AnyRaised

if TYPE_CHECKING:
    from types import TracebackType

    from ..peer.event_loop import EventLoop

T = TypeVar("T")

Lifespan = Callable[[], AbstractContextManager[T] | AbstractAsyncContextManager[T]]
"""Returns a context manager that yields the handlers."""

# How long one that is interrupted while it is entered may take to clean up.
_GRACE: Final = 2.0


def lifespan_context(
    lifespan: Callable[[], object],
    event_loop: Callable[[], EventLoop],
    ended: Callable[[BaseException], None],
) -> AbstractContextManager[object]:
    """The context manager that a function returns; an asynchronous one is entered and
    left on the event loop.

    `ended` is called if that leaves by itself: a task group does when a task fails.
    """
    manager = lifespan()
    if _is_plain(manager):
        return manager
    if _is_asynchronous(manager):
        return _OnLoop(manager, event_loop(), ended)
    for name in ("close", "aclose"):
        # A coroutine that nobody awaits would be told of.
        if hasattr(manager, "__await__") and hasattr(manager, name):
            getattr(manager, name)()
    raise TypeError(
        "serve takes handlers, or a function that returns a context manager which "
        f"yields them, not one that returns {type(manager).__name__}: decorate a "
        "generator with @contextmanager or @asynccontextmanager"
    )


def _is_plain(value: object) -> TypeGuard[AbstractContextManager[object]]:
    return isinstance(value, AbstractContextManager)


def _is_asynchronous(value: object) -> TypeGuard[AbstractAsyncContextManager[object]]:
    return isinstance(value, AbstractAsyncContextManager)


class _OnLoop(AbstractContextManager[object]):
    """Entered and left by one task, which task groups and cancel scopes insist on."""

    def __init__(
        self,
        manager: AbstractAsyncContextManager[object],
        event_loop: EventLoop,
        ended: Callable[[BaseException], None],
    ) -> None:
        self._manager = manager
        self._event_loop = event_loop
        self._ended = ended
        self._task: asyncio.Task[object] | None = None
        self._entered: Future[object] = Future()
        # What the body has raised; set on the loop.
        self._body: asyncio.Future[BaseException | None] | None = None
        self._is_leaving = False
        # What has come of all of it.
        self._outcome: Future[BaseException | None] = Future()

    def __enter__(self) -> object:
        self._event_loop.start(self._hold(), self._ended)
        try:
            return self._entered.result()
        except BaseException:
            if not self._entered.done():
                # A signal has interrupted us.
                self._on_loop(lambda: self._task is not None and self._task.cancel())
                wait([self._outcome], _GRACE)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        def end() -> None:
            self._is_leaving = True
            if self._body is not None and not self._body.done():
                self._body.set_result(failure)

        self._on_loop(end)
        outcome = self._outcome.result()
        if outcome is None:
            return failure is not None
        if outcome is not failure:
            raise outcome
        return False

    def _on_loop(self, function: Callable[[], object]) -> None:
        if self._task is not None:
            self._task.get_loop().call_soon_threadsafe(function)

    async def _hold(self) -> None:
        self._task = asyncio.current_task()
        self._body = asyncio.get_running_loop().create_future()
        outcome: BaseException | None = None
        try:
            async with self._manager as handlers:
                self._entered.set_result(handlers)
                failure = await self._body
                if failure is not None:
                    raise failure
        except AnyRaised as failure:
            outcome = failure
        if not self._entered.done():
            self._entered.set_exception(outcome or RuntimeError("it was not entered"))
        elif not self._is_leaving:
            self._ended(outcome or RuntimeError("the context of serve has ended"))
        self._outcome.set_result(outcome)
