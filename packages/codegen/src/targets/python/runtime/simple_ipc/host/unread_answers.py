"""What a program asks for while it does not read the answers that it has."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..peer.interfaces import Queue
    from ..peer.task_queue import Task

# What a request takes that waits, in bytes, roughly, and an answer that refuses one.
_REQUEST: Final = 1024
_REFUSAL: Final = 256
_IN_ONE_TURN: Final = 100


class Output(Protocol):
    """The way to the program."""

    @property
    def size(self) -> int: ...
    def when_room(self, callback: Callable[[], None]) -> None: ...


class UnreadAnswers:
    """Handlers of a program's requests start only while not too much waits for it.

    A program that goes on asking, so that as much as may wait is asked for, will not
    read at all: `on_flood` is called, once, with the bytes that wait for it.
    """

    def __init__(
        self, output: Output, queue: Queue, limit: int, on_flood: Callable[[int], None]
    ) -> None:
        self._output = output
        self._queue = queue
        self._limit = limit
        self._on_flood = on_flood
        self._lock = threading.Lock()
        self._waiting: deque[Task] = deque()
        self._refused = 0
        self._is_watching = False
        self._is_told = False

    def guarded(self, task: Task) -> Task:
        """The task of a request, which waits when it must, in the order of tasks."""
        return lambda: self._run(task)

    def refused(self) -> None:
        """Notes that a request was answered at once."""
        if self._output.size <= self._limit:
            self._refused = 0
            return
        self._refused += _REFUSAL
        self._check()

    def _run(self, task: Task) -> None:
        if not self._waiting and self._output.size <= self._limit:
            task()
            return
        with self._lock:
            self._waiting.append(task)
        self._start_waiting()

    def _start_waiting(self) -> None:
        for _ in range(_IN_ONE_TURN):
            with self._lock:
                if not self._waiting:
                    return
                if self._output.size > self._limit:
                    break
                task = self._waiting.popleft()
            task()
        else:
            self._queue.put([self._start_waiting])
            return
        self._check()
        self._watch()

    def _watch(self) -> None:
        with self._lock:
            if self._is_watching:
                return
            self._is_watching = True
        self._output.when_room(self._has_room)

    def _has_room(self) -> None:
        self._is_watching = False
        self._refused = 0
        self._queue.put([self._start_waiting])

    def _check(self) -> None:
        asked = len(self._waiting) * _REQUEST + self._refused
        with self._lock:
            if self._is_told or asked <= self._limit:
                return
            self._is_told = True
        self._on_flood(self._output.size)
