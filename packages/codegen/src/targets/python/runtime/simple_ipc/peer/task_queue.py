"""Runs tasks in order, on as many threads as asked for; a task that waits does not keep
others waiting.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager

Task = Callable[[], None]


class TaskQueue:
    """A queue of tasks and `limit` slots.

    A thread holds a slot while it works and releases it while it waits.
    """

    def __init__(
        self, limit: int, after_work: Callable[[], None], *, with_caller: bool
    ) -> None:
        self._limit = limit
        self._after_work = after_work
        self._tasks: deque[Task] = deque()
        self._changed = threading.Condition()
        self._working = 0
        self._resuming = 0
        # The thread that will call `run` is counted from the start.
        self._idle = 1 if with_caller else 0
        self._ended = False
        self._failure: BaseException | None = None
        self._local = threading.local()

    def put(self, tasks: Iterable[Task]) -> None:
        """Puts tasks behind all others."""
        with self._changed:
            self._tasks.extend(tasks)
            self._wake()

    def put_first(self, task: Task) -> None:
        """Puts a task before all others."""
        with self._changed:
            self._tasks.appendleft(task)
            self._wake()

    @property
    def has_more(self) -> bool:
        """Whether another task waits."""
        return bool(self._tasks)

    @property
    def is_working(self) -> bool:
        """Whether the calling thread works here."""
        return bool(getattr(self._local, "works", False))

    def end(self) -> None:
        """Lets `run` return when there is no task left."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def fail(self, failure: BaseException) -> None:
        """Makes `run` raise; any thread may call it."""
        self._failure = failure
        self.end()

    def run(self) -> None:
        """Works until `end`.

        Exceptions that end the program, such as SystemExit in a handler, are raised
        here.
        """
        self._work(is_caller=True)
        if self._failure is not None:
            raise self._failure

    @contextmanager
    def released(self) -> Generator[None, None, None]:
        """Lets others work while this thread waits; then waits for a slot."""
        if not self.is_working:
            yield
            return
        self._after_work()
        with self._changed:
            self._working -= 1
            self._wake()
        try:
            yield
        finally:
            with self._changed:
                self._resuming += 1
                while self._working >= self._limit:
                    self._changed.wait()
                self._resuming -= 1
                self._working += 1

    def _wake(self) -> None:
        free = self._limit - self._working - self._resuming
        for _ in range(min(len(self._tasks), free) - self._idle):
            self._idle += 1
            threading.Thread(
                target=self._work, name="simple-ipc-handlers", daemon=True
            ).start()
        self._changed.notify_all()

    def _work(self, *, is_caller: bool = False) -> None:
        while self._take_slot():
            self._local.works = True
            try:
                self._drain()
                self._after_work()
            except BaseException as failure:
                if is_caller:
                    raise
                self.fail(failure)
            finally:
                self._local.works = False
                with self._changed:
                    self._working -= 1
                    self._idle += 1
                    if self._resuming or self._tasks:
                        self._changed.notify_all()

    def _take_slot(self) -> bool:
        with self._changed:
            while True:
                if self._failure is not None or (self._ended and not self._tasks):
                    self._idle -= 1
                    return False
                if self._tasks and self._working + self._resuming < self._limit:
                    self._idle -= 1
                    self._working += 1
                    return True
                self._changed.wait()

    def _drain(self) -> None:
        tasks = self._tasks
        # A thread that released its slot goes before new work.
        while not self._resuming and self._failure is None:
            try:
                task = tasks.popleft()
            except IndexError:
                return
            task()
