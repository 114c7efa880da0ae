"""Messages that arrived and are to be handled."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from ..raised import AnyRaised

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backlog import Backlog
    from .interfaces import FailureReporter, Queue
    from .task_queue import Task


class Inbox:
    """Gathers the tasks of messages that arrive together, and queues them in one go.

    Answers and items of our own calls are handled on the reading thread, unless a
    notification that came before them is still to be delivered.
    """

    guard: Callable[[Task], Task] | None = None
    """Makes the task of a request wait when it must."""

    def __init__(
        self,
        queue: Queue,
        lock: threading.Lock,
        on_delivered: Callable[[], None],
        reporter: FailureReporter,
        backlog: Backlog | None = None,
    ) -> None:
        self._queue = queue
        self._lock = lock
        self._on_delivered = on_delivered
        self._reporter = reporter
        self._backlog = backlog
        self._tasks: list[Task] = []
        self._undelivered = 0
        # What is ours and behind notifications, whichever thread comes to it.
        self._behind: deque[Task] = deque()
        self._running = threading.Lock()

    @property
    def is_delivered(self) -> bool:
        """Whether no notification or plain line waits for its handler."""
        return not self._undelivered

    def add(self, task: Task) -> None:
        """Takes the task of a request."""
        self._tasks.append(task if self.guard is None else self.guard(task))

    def deliver(self, what: str, deliver: Callable[[], object], size: int) -> None:
        """Takes a notification or plain line for its handler, which failures
        call `what`; `size` in bytes.
        """
        if self._backlog is not None:
            self._backlog.add(size)
        with self._lock:
            self._undelivered += 1

        def task() -> None:
            try:
                deliver()
            except SystemExit:
                raise
            except AnyRaised as failure:
                self._reporter.failed(what, failure)
            finally:
                if self._backlog is not None:
                    self._backlog.remove(size)
                with self._lock:
                    self._undelivered -= 1
                self._on_delivered()

        self._tasks.append(task)

    def in_order(self, task: Task) -> None:
        """Runs at once, or behind the notifications that came before. What comes next
        waits for it, too: the last notification may be delivered while it is queued.
        """
        if not self._undelivered:
            task()
            return
        with self._lock:
            self._undelivered += 1
        self._behind.append(task)
        self._tasks.append(self._run_behind)

    def _run_behind(self) -> None:
        """Runs the first of them."""
        try:
            with self._running:
                self._behind.popleft()()
        finally:
            with self._lock:
                self._undelivered -= 1
            self._on_delivered()

    def hand_over(self) -> None:
        """Queues the tasks that were gathered."""
        if self._tasks:
            tasks, self._tasks = self._tasks, []
            self._queue.put(tasks)
