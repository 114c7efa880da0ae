"""Our own calls: sent by any thread, pending until they are settled."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from ..errors import RpcError
from ..values.nothing_more import NOTHING_MORE
from ..wire import messages as wire
from ..wire.message_writer import MessageWriter
from ..wire.meta import Extras, written_extras
from .unsent import host_closed, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..calls.call import Call
    from ..calls.remote_error import ErrorReader
    from ..contract.foreign import Foreign
    from ..wire.raw_message import Line
    from .interfaces import CallOwner, FailureReporter, Outbox, Queue


class Caller:
    """Sends calls, notifications and plain lines, and knows the pending calls.

    `lock` is that of the whole peer.
    """

    def __init__(
        self,
        outbox: Outbox,
        queue: Queue,
        max_message_bytes: int = wire.MAX_MESSAGE_BYTES,
        max_queued_bytes: int = wire.MAX_QUEUED_BYTES,
        *,
        ignores_timeouts: bool = False,
    ) -> None:
        self.outbox = outbox
        self.queue = queue
        self.max_message_bytes = max_message_bytes
        self.max_queued_bytes = max_queued_bytes
        self.ignores_timeouts = ignores_timeouts
        self.lock = threading.Lock()
        # Set if the other side was written by others.
        self.foreign: Foreign | None = None
        self.writer = MessageWriter()
        # That of the peer, once it has one.
        self.reporter: FailureReporter | None = None
        # Asked at each call for what it carries beside its params.
        self.meta: Callable[[], Mapping[str, str]] | None = None
        # Whether something arrived that was not looked at.
        self.has_unread: Callable[[], bool] = lambda: False
        # The thread of our event loop, which must not wait.
        self.loop_thread: int | None = None
        self._pending: dict[int, Call] = {}
        self._last_number = 0
        self._input_ended = False

    def start(
        self,
        method: str,
        params: object,
        owner: CallOwner | None,
        declared: Sequence[ErrorReader],
        meta: Mapping[str, str] | None = NOTHING_MORE,
    ) -> Call:
        """Sends a call. Raises `RpcError` if it cannot be sent."""
        with self.lock:
            self._last_number += 1
            number = self._last_number
        # Many children make no calls.
        from ..calls.call import Call

        call = Call(self, number, method, errors=declared)
        call.max_queued_bytes = self.max_queued_bytes
        if self.foreign is not None:
            call.token = self.foreign.token(params)
        extras = self._extras(method, owner, meta)
        line = self._request(number, method, params, extras)
        if len(line) > self.max_message_bytes + 1:
            message = too_large(method, self.max_message_bytes)
            raise RpcError("MESSAGE_TOO_LARGE", message)
        with self.lock:
            refusal = self._refusal(method)
            if refusal is not None:
                raise refusal
            if owner is not None:
                owner.adopt(call)
            self._pending[number] = call
        self._send(number, line, owner)
        return call

    def _request(self, number: int, method: str, params: object, extras: str) -> Line:
        return self.writer.request(number, method, params, extras)

    def _notification(self, name: str, params: object, extras: str) -> Line:
        return self.writer.notification(name, params, extras)

    def _extras(
        self, what: str, owner: CallOwner | None, meta: Mapping[str, str] | None
    ) -> str:
        """What a message carries beside its params: what the handler that sends it was
        given and what is added to that, unless nothing is to be sent.
        """
        is_plain = owner is None and self.meta is None and not meta
        if is_plain or self.foreign is not None:
            return ""
        sent = {} if owner is None else {**owner.meta}
        if self.meta is not None and meta is not None:
            sent.update(self.meta())
        sent = {} if meta is None else {**sent, **meta}
        return written_extras(what, sent, None if owner is None else owner.id)

    def known(self, extras: Extras) -> Extras:
        """The same, without a call that is none of ours."""
        is_open = self.pending(extras.for_call) is not None
        return extras if is_open else Extras(extras.meta)

    def check_thread(self, method: str) -> None:
        """Raises RuntimeError on the thread of our event loop."""
        if self.loop_thread == threading.get_ident():
            raise RuntimeError(
                f"{method} was not sent: it would block the event loop on which it was "
                "called; await asyncio.to_thread(…) instead"
            )

    def _refusal(self, method: str) -> RpcError | None:
        """Why nothing can be called; the lock is held."""
        return host_closed(method) if self._input_ended else None

    def _send(self, number: int, line: Line, owner: CallOwner | None) -> None:
        """Sends a call."""
        del number, owner
        self.outbox.put(line)
        self.outbox.flush()

    def notify(
        self,
        name: str,
        params: object,
        owner: CallOwner | None = None,
        meta: Mapping[str, str] | None = NOTHING_MORE,
    ) -> None:
        """Sends a notification."""
        extras = self._extras(name, owner, meta)
        self._put(self._notification(name, params, extras), owner)

    def send_line(self, text: str) -> None:
        """Sends a plain line."""
        self._put(wire.to_line(text), None)

    def _put(self, line: Line, owner: CallOwner | None) -> None:
        del owner
        self.outbox.put(line)
        if not self.queue.is_working:
            # No task is running that would flush it.
            self.outbox.flush(wait=True)

    # Answers, on the reading thread.

    def pending(self, number: object) -> Call | None:
        """The call with an id, if it is not settled."""
        return self._pending.get(number) if isinstance(number, int) else None

    def take(self, number: object) -> Call | None:
        """The call with an id, which is answered now; late answers have none."""
        with self.lock:
            if not isinstance(number, int):
                return None
            call = self._pending.pop(number, None)
        if call is not None:
            call.is_answered = True
        return call

    def was_used(self, number: object) -> bool:
        """Whether it is the id of a call of ours, which may be settled long since."""
        return isinstance(number, int) and 0 < number <= self._last_number

    def end_of_input(self) -> None:
        """The other side sends nothing more: no credit, no answers."""
        with self.lock:
            self._input_ended = True
            calls = self._take_all()
        for call in calls:
            call.post_error(host_closed(call.method))

    def _take_all(self) -> list[Call]:
        calls = list(self._pending.values())
        self._pending.clear()
        return calls

    # The connection of the calls.

    def reported(self, token: object) -> Call | None:
        """The call whose progress is reported under a token of our own."""
        with self.lock:
            calls = list(self._pending.values())
        return next((call for call in calls if call.token == token), None)

    def send_credit(self, number: int, items: int) -> None:
        """Reports how many items were consumed."""
        if not self._input_ended and self.foreign is None:
            self.outbox.put_now(wire.credit(number, items))

    def abandon(self, call: Call) -> None:
        """Cancels a call that is no longer wanted on the other side."""
        with self.lock:
            self._pending.pop(call.number, None)
        if not self._input_ended:
            self.send_cancel(call)

    def send_cancel(self, call: Call) -> None:
        """Tells the other side that a call is no longer wanted."""
        if self.foreign is None:
            self.outbox.put_now(wire.cancel(call.number))
            return
        message = self.foreign.cancel(call.number, call.method)
        if message is not None:
            self.outbox.put_now(message)

    def when_late(self, call: Call) -> str:
        """What became of a call that is too late, for people."""
        del call
        return "it was cancelled"

    def instead(self) -> str:
        """What came instead of an answer, for people."""
        return ""

    def misfit(self, message: str, value: object) -> None:
        """Tells of something that arrived for a call and does not fit."""
        if self.reporter is not None:
            self.reporter.misfit(message, value)

    def wait(self, call: Call, deadline: float | None, *, for_items: bool) -> bool:
        """Waits for something to arrive, while others work; False when the deadline has
        passed.
        """
        with self.queue.released(), call.arrived:
            while not call.has_news(for_items=for_items):
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    return False
                call.arrived.wait(left)
        return True
