"""A request of the other side: its handler runs, its answer goes out."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast

from .. import errors
from ..durations import seconds_of
from ..errors import CancelledError
from ..raised import AnyRaised
from ..values.faults import InvalidValueError, issues
from ..values.json_text import UnreadableError
from ..values.raw_bytes import read
from ..wire import messages as wire
from .answered_once import ANSWERED, QUEUED, RUNNING, AnsweredOnce
from .context import Context
from .loop_thread import refuse_to_block

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ..calls.call import Call
    from .stream_producer import StreamProducer


class Request(AnsweredOnce):
    """A request from its arrival to its answer: what its handler does meanwhile."""

    # Set only for the few requests that need it.
    _calls: tuple[Call, ...] = ()
    _producer: StreamProducer | None = None
    _cancel_task: Callable[[], object] | None = None
    _event: threading.Event | None = None

    # The reading thread.

    def cancel(self) -> None:
        """The caller no longer wants the answer."""
        with self.peer.lock:
            if self._state == ANSWERED or self.cancelled:
                return
            self.cancelled = True
            is_queued = self._state == QUEUED
            event, calls, task = self._event, self._calls, self._cancel_task
        if is_queued:
            self._answer(self._cancelled_answer(), now=True)
            return
        if event is not None:
            event.set()
        for call in calls:
            call.cancel()
        if task is not None:
            task()
        if self._producer is not None:
            self._producer.unpark()

    def refuse(self, code: int, message: str) -> None:
        """Answers in place of the handler, which is cancelled or never starts."""
        with self.peer.lock:
            is_queued = self._state == QUEUED
        if not is_queued:
            self.cancel()
        self._answer(wire.error(self.id, code, message), now=True)

    def credit(self, items: int) -> None:
        """Lets the stream send this many items more."""
        if self._producer is not None:
            self._producer.credit(items)

    def open_window(self) -> None:
        """No more credit will come."""
        if self._producer is not None:
            self._producer.open_window()

    # The handler's thread.

    def run(self) -> None:
        """Reads the params and runs the handler."""
        with self.peer.lock:
            if self._state != QUEUED:
                return
            self._state = RUNNING
            self.peer.running.started(self)
        method, params = self.method, self._params
        if params is None:
            params = () if method.positional else wire.NO_MEMBERS
        try:
            decoded = read(method.read_params, params)
        except UnreadableError as fault:
            why = f"The message cannot be read: {fault}"
            self._answer(wire.error(self.id, errors.INVALID_REQUEST, why))
            self.peer.reporter.misfit(why, {"id": self.id}, is_answered=True)
            return
        except InvalidValueError as fault:
            unfit = f" do not fit the contract: params{fault.on_wire}"
            why, told = f"The params{unfit}", f"The params of {self.name}{unfit}"
            self._answer(wire.error(self.id, errors.INVALID_PARAMS, why, issues(fault)))
            self.peer.reporter.misfit(told, self._params, is_answered=True)
            return
        self._params = None
        context: Context[Any, Any] = Context(self)
        try:
            if method.params is None:
                outcome = method.handler(context)
            else:
                outcome = method.handler(decoded, context)
        except SystemExit:
            raise
        except AnyRaised as failure:
            # Python ends programs by KeyboardInterrupt, too: it is one call that fails.
            self.fail(failure)
            return
        if method.item is not None:
            self._produce(outcome)
        elif hasattr(outcome, "__await__"):
            self.peer.event_loop().run(self, cast("Awaitable[object]", outcome))
        else:
            self.succeed(outcome)

    def _produce(self, items: object) -> None:
        # Many children have no streams.
        from .stream_producer import StreamProducer

        with self.peer.lock:
            producer = self._producer = StreamProducer(self, self.peer)
        if self.peer.input_ended:
            producer.open_window()
        producer.start(items)

    # For handlers, through their context.

    def on_cancel(self, cancel: Callable[[], object]) -> None:
        """Calls `cancel` when the request is cancelled, at once if it was."""
        with self.peer.lock:
            self._cancel_task = cancel
            is_late = self.cancelled
        if is_late:
            cancel()

    def send_progress(self, value: object) -> None:
        """Reports how far the call is, unless too much output is waiting.

        Raises `RpcError` for a value that does not fit the contract, or is too large.
        """
        if self.cancelled or self._state == ANSWERED or self.peer.outbox.is_full:
            return
        from .progress import progress_line

        line = progress_line(self, value, self.peer)
        if self._producer is not None:
            self._producer.close_message()
        self.peer.outbox.put(line)

    def wait(self, seconds: float | None) -> bool:
        """Waits for a cancel, while others work; returns whether it came."""
        refuse_to_block("context.wait", "await asyncio.sleep(…)")
        seconds = seconds_of("seconds", seconds)
        with self.peer.lock:
            event = self._event = self._event or threading.Event()
            if self.cancelled:
                event.set()
        with self.peer.queue.released():
            return event.wait(seconds)

    def adopt(self, call: Call) -> None:
        """Takes over a call that its handler makes; the peer's lock is held."""
        if self.cancelled:
            raise CancelledError
        self._calls += (call,)

    def client(self) -> object:
        """The generated client through which the handler calls the other side."""
        return self.peer.client_for(self)

    def interrupt(self, failure: BaseException) -> None:
        """A generator or coroutine wants to end the program."""
        self.peer.interrupted(self, failure)
