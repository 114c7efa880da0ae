"""Runs handlers that are coroutines or asynchronous generators, on an event loop of its
own.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeGuard

from ..errors import RpcError
from ..raised import AnyRaised
from .loop_thread import LOOP_THREAD
from .stream_items import Result

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine

    from .interfaces import AnsweredRequest, ItemSender

# How long handlers of notifications may run after the session's end.
_GRACE: Final = 0.5
# How many items of one stream.
_IN_ONE_TURN: Final = 256
# For `asyncio.to_thread`; the default is six with two processors.
_MOST_THREADS: Final = 1000


class EventLoop:
    """An event loop in a thread of its own, or one that runs already."""

    def __init__(
        self,
        flush: Callable[[], object],
        interrupt: Callable[[BaseException], object],
        running: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._flush = flush
        # Called when something ends our loop, or wants to end the program.
        self._interrupt = interrupt
        self._loop = running or asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._will_flush = False
        self._thread: threading.Thread | None = None
        self._executor: ThreadPoolExecutor | None = None
        if running is None:
            # Calls by `asyncio.to_thread` wait for handlers that make some, too.
            self._executor = ThreadPoolExecutor(_MOST_THREADS)
            self._loop.set_default_executor(self._executor)
            self._thread = threading.Thread(
                target=self._run, name=LOOP_THREAD, daemon=True
            )
            self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                self._loop.run_forever()
            except (KeyboardInterrupt, SystemExit) as failure:
                # A task of a handler's own raised it, which leaves the loop.
                self._interrupt(failure)
                continue
            except AnyRaised as failure:
                # The loop itself: it would fail again.
                self._interrupt(failure)
            break
        self._loop.close()

    @property
    def thread(self) -> int | None:
        """The thread of the loop, if it is ours."""
        return None if self._thread is None else self._thread.ident

    def start(
        self, work: Awaitable[object], failed: Callable[[BaseException], None]
    ) -> None:
        """Runs the handler of a notification; `failed` is told if it fails."""
        self._call(lambda: self._keep(self._task(_guarded(work, failed))))

    def close(self) -> None:
        """Ends the loop, if it is ours, when its tasks have ended."""
        if self._thread is not None:
            self._call(lambda: self._keep(self._task(self._end())))

    def join(self, seconds: float) -> None:
        """Waits for the loop to end; one whose task does not may need longer."""
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(seconds)

    async def _end(self) -> None:
        others = self._tasks - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=_GRACE)
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_asyncgens()
        if getattr(self._executor, "_threads", True):
            # That takes a thread of its own.
            await self._loop.shutdown_default_executor()
        self._loop.stop()

    def run(self, request: AnsweredRequest, work: Awaitable[object]) -> None:
        """Answers a request with the outcome of the coroutine."""
        self._call(lambda: self._start(request, work))

    def _call(self, function: Callable[[], object]) -> None:
        # A closed loop runs nothing.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function)

    def _start(self, request: AnsweredRequest, work: Awaitable[object]) -> None:
        task = self._task(self._answer(request, work))
        self._keep(task)
        request.on_cancel(lambda: self._call(task.cancel))

    def _task(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        # From 3.11 on, tasks count for themselves.
        if hasattr(asyncio.Task, "uncancel"):
            return self._loop.create_task(work)
        return _CountingTask(work, loop=self._loop)

    def _keep(self, task: asyncio.Task[None]) -> None:
        """The loop itself holds its tasks weakly."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, request: AnsweredRequest, work: Awaitable[object]) -> None:
        try:
            result = await work
        except asyncio.CancelledError as failure:
            request.fail(failure, is_told=not _is_cancelled())
        except SystemExit as failure:
            request.interrupt(failure)
        except AnyRaised as failure:
            request.fail(failure)
            # The loop may be closed, which ends coroutines by GeneratorExit.
            self._call(self._flush)
            return
        else:
            request.succeed(result)
        # One write for all that was answered in this turn of the loop.
        self._loop.call_soon(self._flush)

    async def produce(
        self, sender: ItemSender, items: AsyncGenerator[object, None]
    ) -> object:
        """Sends the items of an asynchronous generator; the last may be a `Result`."""
        woken = asyncio.Event()
        sender.on_wake(lambda: self._call(woken.set))
        result: object = None
        refused: RpcError | None = None
        sent = 0
        try:
            while not sender.is_cancelled:
                if not sender.may_send():
                    await woken.wait()
                    woken.clear()
                    continue
                item = await (
                    items.__anext__() if refused is None else items.athrow(refused)
                )
                refused = None
                if _is_result(item):
                    result = item.value
                    continue
                try:
                    sender.send(item)
                except RpcError as failure:
                    refused = failure
                sent += 1
                if not self._will_flush:
                    self._will_flush = True
                    self._loop.call_soon(self._flush_turn)
                if sent % _IN_ONE_TURN == 0:
                    # A generator that never waits would keep others from the loop.
                    await asyncio.sleep(0)
        except StopAsyncIteration:
            return result
        finally:
            await items.aclose()
        return None

    def _flush_turn(self) -> None:
        """One write for all items that were made in this turn of the loop."""
        self._will_flush = False
        self._flush()


def _is_result(item: object) -> TypeGuard[Result[object]]:
    return isinstance(item, Result)


async def _guarded(
    work: Awaitable[object], failed: Callable[[BaseException], None]
) -> None:
    try:
        await work
    except asyncio.CancelledError as failure:
        if _is_cancelled():
            raise
        failed(failure)
    except AnyRaised as failure:
        failed(failure)


class _CountingTask(asyncio.Task[None]):
    """A task of Python 3.10 that knows, as later ones do, whether it was cancelled."""

    _cancels = 0

    def cancel(self, msg: object = None) -> bool:
        self._cancels += 1
        return super().cancel(msg)

    def cancelling(self) -> int:
        return self._cancels


def _is_cancelled() -> bool:
    """Whether the running task is: its handler did not just raise the error."""
    cancelling = getattr(asyncio.current_task(), "cancelling", None)
    return cancelling is None or cancelling() > 0
