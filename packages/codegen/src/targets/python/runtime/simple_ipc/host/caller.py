"""The calls of a host: held until its child has started, refused when it stops."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..calls.call import Call, wait_until_settled
from ..errors import RpcError
from ..peer.caller import Caller
from ..peer.unsent import too_large
from ..values.nothing_more import NOTHING_MORE
from ..wire import messages as wire
from .held_messages import Held, HeldMessages
from .refusals import copied, queue_full, unsent
from .undecided import decided, undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..calls.remote_error import ErrorReader
    from ..peer.interfaces import CallOwner, Outbox, Queue
    from ..wire.raw_message import Line
    from .options import Options


class HostCaller(Caller):
    """Sends nothing but requests of the protocol's own until the child is verified, and
    then only what handlers and `on_start` say, until it is opened.
    """

    def __init__(
        self,
        outbox: Outbox,
        queue: Queue,
        options: Options,
        *,
        ignores_timeouts: bool = False,
        on_call: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(
            outbox,
            queue,
            options.max_message_bytes,
            options.max_queued_bytes,
            ignores_timeouts=ignores_timeouts,
        )
        self.meta = options.meta
        self._on_call = on_call
        self.has_headers = False
        self._is_shut_down = self._is_verified = False
        # Says what the program has written, where it has answered nothing.
        self.silence: Callable[[], str] = str
        # Whether this process is a copy, made by fork: no lock of ours may be taken.
        self.is_copy = False
        self._refuse: Callable[[str], RpcError] | None = None
        self._held = HeldMessages()
        self.offer: int | None = None
        self._wants_open: list[Callable[[], None]] = []

    def ask(
        self, method: str, then: Callable[[Call], None], params: object = None
    ) -> None:
        """Makes a call of the protocol's own, which is not held. `then` gets it when it
        is settled, on the reading thread.
        """
        with self.lock:
            self._last_number += 1
            call = Call(self, self._last_number, method)
            self._pending[call.number] = call
        if params is not None:
            # It offers to send bytes as they are.
            self.offer = call.number
        call.on_arrival = lambda: then(call) if call.is_settled else None
        self.outbox.put_now(wire.request(call.number, method, params))
        self._on_call()

    def begin_start(self) -> None:
        """The child is verified: what handlers say need not wait for the end of its
        start, which may need it.
        """
        with self.lock:
            self._is_verified = True
            for message in self._held.take_owned():
                self._release(message)

    def open(self) -> None:
        """Sends the messages that were held: the child has started."""
        with self.lock:
            if self._is_shut_down:
                return
            self._held.is_open = True
            for message in self._held.take():
                self._release(message)
            callbacks, self._wants_open = self._wants_open, []
        for callback in callbacks:
            callback()

    def refuse_calls(self, refusal: Callable[[str], RpcError]) -> None:
        """Refuses new calls."""
        with self.lock:
            self._refuse = refusal

    def shut_down(
        self, now: Callable[[str], RpcError], later: Callable[[str], RpcError]
    ) -> list[Call]:
        """Settles all calls, each with an error of its own, and refuses new ones.

        Returns those that are to be cancelled on the other side.
        """
        with self.lock:
            self._is_shut_down = True
            self._refuse = later
            is_verified = self._is_verified or self._held.is_open
            unsent = {message.number for message in self._held.take()}
            calls = self._take_all()
            callbacks, self._wants_open = self._wants_open, []
        for call in calls:
            call.post_error(now(call.method))
        for callback in callbacks:
            callback()
        if not is_verified:
            return []
        return [call for call in calls if call.number not in unsent]

    @property
    def is_busy(self) -> bool:
        """Whether any call is not settled."""
        return bool(self._pending)

    def in_flight(self) -> tuple[str, ...]:
        """The methods that were called and not answered."""
        return tuple(
            call.method for call in self._all() if not call.method.startswith("rpc.")
        )

    def wait_for_calls(self, seconds: float | None) -> None:
        """Returns when every call is settled, or the time is over."""
        wait_until_settled(self._all(), seconds)

    def _all(self) -> list[Call]:
        with self.lock:
            return list(self._pending.values())

    def start(
        self,
        method: str,
        params: object,
        owner: CallOwner | None,
        declared: Sequence[ErrorReader],
        meta: Mapping[str, str] | None = NOTHING_MORE,
    ) -> Call:
        if self.is_copy:
            raise copied(method)
        self._check_room(method)
        call = super().start(method, params, owner, declared, meta)
        self._on_call()
        return call

    def _refusal(self, method: str) -> RpcError | None:
        return None if self._refuse is None else self._refuse(method)

    def _send(self, number: int, line: Line, owner: CallOwner | None) -> None:
        if not self._hold(number, line, owner):
            self.outbox.put(decided(line, self.writer))

    def _put(self, line: Line, owner: CallOwner | None) -> None:
        if self.is_copy:
            raise copied("The message")
        self._check_room("The message")
        if not self._hold(None, line, owner):
            super()._put(decided(line, self.writer), owner)

    def _request(self, number: int, method: str, params: object, extras: str) -> Line:
        return self._line(self.writer.request, number, method, params, extras)

    def _notification(self, name: str, params: object, extras: str) -> Line:
        return self._line(self.writer.notification, name, params, extras)

    def _line(self, write: Callable[..., Line], *what: object) -> Line:
        is_decided = self._is_verified or self._held.is_open
        return write(*what) if is_decided else undecided(partial(write, *what))

    def _release(self, message: Held) -> None:
        """Sends what was held; the lock is held."""
        line = decided(message.line, self.writer)
        if len(line) <= self.max_message_bytes + 1:
            self.outbox.put_now(line)
            return
        # As base64 it is larger.
        call = self._pending.pop(message.number or 0, None)
        if call is not None:
            text = too_large(call.method, self.max_message_bytes)
            call.post_error(RpcError("MESSAGE_TOO_LARGE", text))

    def _hold(self, number: int | None, line: Line, owner: CallOwner | None) -> bool:
        """Keeps a message that must not be sent yet; returns whether it did."""
        with self.lock:
            if self._held.is_open:
                return False
            if self._is_verified and owner is not None:
                return self._is_shut_down
            if not self._is_shut_down:
                self._held.add(Held(number, line, owner))
            return True

    def send_line(self, text: str) -> None:
        if self.is_copy:
            raise copied("The line")
        if self.has_headers:
            raise RuntimeError("a program whose messages have headers reads no lines")
        super()._put(wire.to_line(text), None)

    @property
    def buffered_amount(self) -> int:
        """How many bytes wait for the program to read them, or for its start."""
        return self.outbox.size + self._held.size

    def when_open(self, callback: Callable[[], None]) -> None:
        """Calls back when nothing is held any more."""
        with self.lock:
            if self._held:
                self._wants_open.append(callback)
                return
        callback()

    def _check_room(self, what: str) -> None:
        """Raises `RpcError` if more than may wait does already. One message that is
        larger goes when nothing else waits.
        """
        size, limit = self.buffered_amount, self.max_queued_bytes
        if size > limit:
            raise queue_full(what, size, limit)

    def when_late(self, call: Call) -> str:
        with self.lock:
            is_held, is_verified = self._held.has(call.number), self._is_verified
        return unsent(is_verified=is_verified) if is_held else super().when_late(call)

    def instead(self) -> str:
        return self.silence()

    def abandon(self, call: Call) -> None:
        with self.lock:
            was_held = self._held.remove(call.number)
            if was_held:
                # It was never sent.
                self._pending.pop(call.number, None)
        if not was_held:
            super().abandon(call)
