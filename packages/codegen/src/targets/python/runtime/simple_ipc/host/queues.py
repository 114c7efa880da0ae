"""The queues of a host's handlers: on threads of their own, or on an event loop."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Final, TypeAlias

from ..peer.failure_text import report_failure
from ..peer.task_queue import TaskQueue
from ..raised import AnyRaised

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from ..peer.task_queue import Task

_IN_ONE_TURN: Final = 100


class ThreadQueue(TaskQueue):
    """Runs handlers in order on `threads` threads, which end with the session."""

    def __init__(self, threads: int) -> None:
        super().__init__(max(1, threads), lambda: None, with_caller=False)
        self._threads: set[threading.Thread] = set()

    def put(self, tasks: Iterable[Task]) -> None:
        super().put([_guarded(task) for task in tasks])

    def _work(self, *, is_caller: bool = False) -> None:
        self._threads.add(threading.current_thread())
        try:
            super()._work(is_caller=is_caller)
        finally:
            self._threads.discard(threading.current_thread())

    def join(self, seconds: float) -> None:
        """Waits for the threads to end; one that is in a handler may need longer."""
        for thread in list(self._threads):
            if thread is not threading.current_thread():
                thread.join(seconds)


class LoopQueue:
    """Runs handlers in order on an event loop that runs other things, too."""

    is_working = True

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._tasks: deque[Task] = deque()
        self._is_scheduled = False

    @property
    def has_more(self) -> bool:
        return bool(self._tasks)

    def put(self, tasks: Iterable[Task]) -> None:
        self._tasks.extend(tasks)
        if not self._is_scheduled:
            self._is_scheduled = True
            self.later(self._run)

    def later(self, function: Callable[[], None]) -> None:
        """Runs it in the next iteration of the loop; a closed one runs nothing."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function)

    def released(self) -> AbstractContextManager[None]:
        return nullcontext()

    def end(self) -> None:
        """Tasks that were put are still run."""

    def join(self, seconds: float) -> None:
        """There is nothing to wait for: the loop is not ours."""

    def _run(self) -> None:
        self._is_scheduled = False
        for _ in range(_IN_ONE_TURN):
            try:
                task = self._tasks.popleft()
            except IndexError:
                return
            try:
                task()
            except AnyRaised as failure:
                report_failure("a handler", failure)
        # Let other work of the loop run in between.
        if not self._is_scheduled:
            self._is_scheduled = True
            self._loop.call_soon(self._run)


def _guarded(task: Task) -> Task:
    """The task, which cannot end the host."""

    def run() -> None:
        try:
            task()
        except AnyRaised as failure:
            report_failure("a handler", failure)

    return run


HostQueue: TypeAlias = "ThreadQueue | LoopQueue"
