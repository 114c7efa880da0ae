"""The host's end of a connection: what a child writes may be anything."""

from __future__ import annotations

import time
from copy import copy
from typing import TYPE_CHECKING, cast

from .. import errors
from ..calls.calls import MAX_QUEUED_BYTES, Call
from ..contract.contract import Notification
from ..peer.backlog import Backlog
from ..peer.peer import Peer
from ..process.exit_report import LastLines
from ..wire import messages as wire
from ..wire.peek import peek
from .incoming import HostIncoming

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from ..calls.calls import ErrorReader
    from ..contract.contract import Contract, Method
    from ..errors import RpcError
    from ..peer.channel import Outlet, Queue
    from ..peer.event_loop import Loop
    from ..peer.link import Link
    from ..peer.peer import PlainLine
    from ..peer.requests import Request
    from ..wire.messages import MessageId


class HostPeer(Peer):
    """Besides answering and calling: plain lines, calls that wait until the child was
    verified, and the end of a session.
    """

    def __init__(
        self,
        contract: Contract,
        methods: Mapping[str, Method],
        notifications: Mapping[str, Notification],
        client: Callable[[Link], object],
        *,
        output: Outlet,
        turns: Queue,
        debug: bool,
        max_message_bytes: int,
        max_queued_bytes: int = MAX_QUEUED_BYTES,
        on_line: PlainLine | None,
        running: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(
            contract,
            {name: _bounded(method) for name, method in methods.items()},
            {
                name: Notification(
                    self._awaited(notification.handler),
                    params=notification.params,
                    positional=notification.positional,
                )
                for name, notification in notifications.items()
            },
            client,
            output=output,
            turns=turns,
            debug=debug,
            max_message_bytes=max_message_bytes,
        )
        self._on_line = None if on_line is None else self._in_turn(on_line)
        self._incoming = HostIncoming(self, max_message_bytes, self._plain_line)
        self.last_lines = LastLines()
        self._backlog = Backlog(max_queued_bytes)
        self._size = 0
        self.has_answered = False
        self._running = running
        self._max_queued_bytes = max_queued_bytes
        self._stopping = False
        self._refuse_calls: Callable[[str], RpcError] | None = None
        # What is to be sent when the child was verified; None when it was.
        self._held: list[bytes] | None = []

    # ---- the session -----------------------------------------------------------------

    def ask(self, method: str, then: Callable[[Call], None]) -> None:
        """A call of the protocol's own, sent past what is held. `then` gets it when it
        is settled, on the reading thread.
        """
        with self.lock:
            self._last_number += 1
            call = Call(self, self._last_number, method)
            self._calls[call.number] = call
        call.on_arrival = lambda: then(call) if call.is_settled else None
        self.output.put_now(wire.request(call.number, method, None))

    def open(self) -> None:
        """The child is verified: what was held is sent."""
        with self.lock:
            held, self._held = self._held or [], None
            for line in held:
                self.output.put_now(line)

    def refuse_calls(self, refusal: Callable[[str], RpcError]) -> None:
        """Nothing can be called any more."""
        with self.lock:
            self._refuse_calls = refusal

    def shut_down(
        self, now: Callable[[str], RpcError], later: Callable[[str], RpcError]
    ) -> None:
        """We stop: our calls are settled, each with an error of its own, and cancelled
        on the other side; requests are refused, and nothing new begins.
        """
        with self.lock:
            self._stopping = True
            self._refuse_calls = later
            was_open = self._held is None
            self._held = []
            calls = list(self._calls.values())
            self._calls.clear()
        self._backlog.end()
        for call in calls:
            call.post_error(now(call.method))
        for request in self.running.all():
            request.refuse(errors.SHUTTING_DOWN, "The host is stopping")
        if was_open:
            for call in calls:
                self.output.put_now(wire.cancel(call.number))

    def in_flight(self) -> tuple[str, ...]:
        """The methods that were called and not answered."""
        with self.lock:
            calls = list(self._calls.values())
        return tuple(
            call.method for call in calls if not call.method.startswith("rpc.")
        )

    def wait_for_calls(self, seconds: float) -> None:
        """Returns when every call is settled, or the time is over."""
        end = time.monotonic() + seconds
        with self.lock:
            calls = list(self._calls.values())
        for call in calls:
            call.wait_until_settled(max(0, end - time.monotonic()))

    # ---- our own calls ---------------------------------------------------------------

    def _refusal(self, method: str) -> RpcError | None:
        return None if self._refuse_calls is None else self._refuse_calls(method)

    def start_call(
        self,
        method: str,
        params: object,
        owner: Request | None,
        declared: Sequence[ErrorReader],
    ) -> Call:
        call = super().start_call(method, params, owner, declared)
        call.max_queued_bytes = self._max_queued_bytes
        return call

    def _send(self, line: bytes) -> None:
        if not self._hold(line):
            self.output.put(line)

    def _put(self, line: bytes) -> None:
        if not self._hold(line):
            super()._put(line)

    def _hold(self, line: bytes) -> bool:
        """Keeps what must not be sent yet."""
        with self.lock:
            if self._held is None:
                return False
            if not self._stopping:
                self._held.append(line)
            return True

    def send_line(self, text: str) -> None:
        super()._put(wire.to_line(text))

    def abandon(self, call: Call) -> None:
        with self.lock:
            for line in self._held or ():
                if peek(line).id == call.number and self._held is not None:
                    # It was never sent.
                    self._held.remove(line)
                    self._calls.pop(call.number, None)
                    return
        super().abandon(call)

    # ---- input -----------------------------------------------------------------------

    def end_of_input(self) -> None:
        """The child writes no more; why, and what becomes of our calls, is seen when it
        has exited.
        """
        self._incoming.end()
        self._hand_over()

    def is_meant(self, message: Mapping[str, object]) -> bool:
        if "method" not in message:
            return self._is_open(message.get("id"))
        name, params = message["method"], wire.members_of(message.get("params"))
        if not isinstance(name, str):
            return False
        if name in self._methods or name in self._notifications:
            return True
        if "id" in message:
            return name.startswith("rpc.")
        if name == "$/item":
            return self._is_open(params.get("id"))
        return name == "$/progress" and self._is_open(params.get("token"))

    def _is_open(self, number: object) -> bool:
        call = wire.message_id(number)
        return isinstance(call, int) and call in self._calls

    def request(self, call: MessageId, name: str, params: object, size: int) -> None:
        if self._stopping:
            self.refuse(call, errors.SHUTTING_DOWN, "The host is stopping")
        else:
            super().request(call, name, params, size)

    def response(self, message: Mapping[str, object]) -> None:
        self.has_answered = True
        super().response(message)

    def receive(self, chunk: bytes) -> None:
        super().receive(chunk)
        # What the program tells faster than it is handled must not fill the memory.
        self._backlog.wait()

    def notification(self, name: str, params: object, size: int) -> None:
        self._size = size
        super().notification(name, params, size)

    def _deliver(self, deliver: Callable[[], object]) -> None:
        size = self._size
        self._backlog.add(size)

        def run() -> None:
            try:
                deliver()
            except SystemExit as failure:
                raise _as_failure(failure) from failure
            finally:
                self._backlog.remove(size)

        super()._deliver(run)

    def _plain_line(self, text: str) -> None:
        self._size = len(text)
        self.last_lines.push(text)
        if self._on_line is not None:
            self._on_line(text)

    # ---- coroutines ------------------------------------------------------------------

    def _awaited(self, handler: Callable[..., object]) -> Callable[..., object]:
        """A notification's handler, which may be a coroutine."""

        def told(*params: object) -> None:
            outcome = handler(*params)
            if outcome is not None and hasattr(outcome, "__await__"):
                self.loop().start(cast("Awaitable[object]", outcome))

        return told

    def loop(self) -> Loop:
        """The event loop that runs coroutines: that of the client, or one of ours."""
        with self.lock:
            if self._loop is None:
                from ..peer.event_loop import Loop

                self._loop = Loop(self, self._running)
            return self._loop

    def interrupted(self, request: Request, failure: BaseException) -> None:
        """A host does not end because a handler says so: its call fails."""
        request.fail(_as_failure(failure))

    def close(self) -> None:
        """The session is over: handlers are told to end, and the event loop with them,
        if it is ours.
        """
        self.cancel_everything()
        with self.lock:
            loop = self._loop
        if loop is not None:
            loop.close()

    def join(self, seconds: float) -> None:
        """Waits until the event loop has ended, if it is ours."""
        if self._loop is not None:
            self._loop.join(seconds)


def _as_failure(failure: BaseException) -> RuntimeError:
    return RuntimeError(f"the handler raised {failure!r}")


def _bounded(method: Method) -> Method:
    """A host does not end because a handler says so: its call fails."""
    handler = method.handler

    def run(*params: object) -> object:
        try:
            return handler(*params)
        except SystemExit as failure:
            raise _as_failure(failure) from failure

    bounded = copy(method)
    bounded.handler = run
    return bounded
