"""The host's end of a connection, on which a child may write anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import errors
from ..peer.backlog import Backlog
from ..peer.peer import Peer
from ..peer.reserved_requests import agree, mark_of
from ..process.last_lines import LastLines
from ..wire import messages as wire
from .handlers import as_failure, bounded, bounded_method, bounded_notification
from .message_parser import HostMessageParser
from .unread_answers import UnreadAnswers

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Mapping

    from ..contract.contract import Contract, Method, Notification
    from ..contract.foreign import Foreign
    from ..errors import RpcError
    from ..peer.event_loop import EventLoop
    from ..peer.interfaces import AnsweredRequest
    from ..peer.link import Link
    from ..peer.peer import PlainLine
    from ..peer.reporter import Reporter
    from ..process.child_input import ChildInput
    from ..wire.messages import MessageId
    from ..wire.meta import Extras
    from .caller import HostCaller


class HostPeer(Peer):
    """Besides answering: plain lines, waiting for handlers, the end of a session."""

    is_host = True

    def __init__(
        self,
        contract: Contract,
        methods: Mapping[str, Method],
        notifications: Mapping[str, Notification],
        client: Callable[[Link], object],
        caller: HostCaller,
        output: ChildInput,
        *,
        reporter: Reporter,
        debug: bool,
        max_queued_bytes: int,
        on_flood: Callable[[int], None],
        on_line: PlainLine | None,
        running_loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._backlog = Backlog(max_queued_bytes)
        super().__init__(
            contract,
            {name: bounded_method(method) for name, method in methods.items()},
            {
                name: bounded_notification(notification, self._starter(name))
                for name, notification in notifications.items()
            },
            client,
            caller,
            reporter=reporter,
            debug=debug,
            backlog=self._backlog,
        )
        self._unread = UnreadAnswers(output, self.queue, max_queued_bytes, on_flood)
        self._inbox.guard = self._unread.guarded
        self.last_lines = LastLines()
        self.has_answered = False
        self._host_caller = caller
        self._on_line = None if on_line is None else self._in_turn(bounded(on_line))
        self.parser = HostMessageParser(self, self.max_message_bytes, self._plain_line)
        self.parser.is_lenient = contract.foreign is not None
        if output.has_headers:
            caller.has_headers = True
            self.parser.read_headers()
        self._foreign = caller.foreign = contract.foreign
        if contract.foreign is not None:
            self.answers_cancelled = contract.foreign.answers_cancelled
        self._running_loop = running_loop
        self._is_shut_down = False

    def _starter(self, name: str) -> Callable[[Awaitable[object]], None]:
        """Runs the coroutine of a notification's handler."""
        what = f"the handler of '{name}'"
        return lambda work: self.event_loop().start(
            work, lambda failure: self.reporter.failed(what, failure)
        )

    # ---- the session -----------------------------------------------------------------

    def shut_down(
        self, now: Callable[[str], RpcError], later: Callable[[str], RpcError]
    ) -> None:
        """We stop: our calls are settled, each with an error of its own, and cancelled
        on the other side; requests are refused, and nothing new begins.
        """
        self._is_shut_down = True
        unanswered = self._host_caller.shut_down(now, later)
        self._backlog.end()
        for request in self.running.all():
            request.refuse(errors.SHUTTING_DOWN, "The host is stopping")
        for call in unanswered:
            self._host_caller.send_cancel(call)

    def close(self) -> None:
        """Cancels the handlers and ends the event loop, if it is ours: the session is
        over.
        """
        self.cancel_everything()
        with self.lock:
            loop = self._event_loop
        if loop is not None:
            loop.close()

    def join(self, seconds: float) -> None:
        """Waits until the event loop has ended, if it is ours."""
        if self._event_loop is not None:
            self._event_loop.join(seconds)

    # ---- input -----------------------------------------------------------------------

    def receive(self, chunk: bytes) -> None:
        super().receive(chunk)
        # A program that sends faster than we handle must not fill the memory.
        self._backlog.wait()

    def end_of_input(self) -> None:
        """The child writes no more; our calls are settled when it is known why."""
        self.parser.end()
        self._inbox.hand_over()

    def is_meant(self, message: Mapping[str, object]) -> bool:
        if "method" not in message:
            return self._is_pending(message.get("id"))
        name, params = message["method"], wire.members_of(message.get("params"))
        if not isinstance(name, str):
            return False
        if name in self._methods or name in self._notifications:
            return True
        if "id" in message:
            return name.startswith("rpc.")
        if name == "$/items":
            return self._is_pending(params.get("id"))
        return name == "$/progress" and self._is_pending(params.get("token"))

    def broken_off(self, text: str) -> None:
        self.last_lines.push(text)

    def _is_pending(self, number: object) -> bool:
        return self._caller.pending(wire.message_id(number)) is not None

    def notification(self, name: str, params: object, size: int) -> None:
        if self._foreign is None or not self._is_foreign(self._foreign, name, params):
            super().notification(name, params, size)

    def _is_foreign(self, foreign: Foreign, name: str, params: object) -> bool:
        """Acts on a notification of the protocol of a program written by others."""
        request = self.running.get(foreign.cancelled(name, params))
        if request is not None:
            request.cancel()
            return True
        report = foreign.report(name, params)
        if report is None:
            # What the contract does not have is for others.
            return name not in self._notifications
        token, value = report
        call = None if token is None else self._caller.reported(token)
        if call is not None:
            self._inbox.in_order(lambda: call.post_progress(value))
        return True

    def request(
        self, call: MessageId, name: str, params: object, size: int, extras: Extras
    ) -> None:
        if self._is_shut_down:
            self.refuse(call, errors.SHUTTING_DOWN, "The host is stopping")
        else:
            super().request(call, name, params, size, extras)

    def refuse(
        self, call: MessageId | None, code: int, message: str, data: object = None
    ) -> None:
        super().refuse(call, code, message, data)
        self._unread.refused()

    def _undeclared(
        self, call: MessageId, name: str, params: object, size: int
    ) -> None:
        super()._undeclared(call, name, params, size)
        self._unread.refused()

    def response(self, message: Mapping[str, object]) -> None:
        self.has_answered = True
        offer = self._host_caller.offer
        if offer is not None and offer == message.get("id"):
            # Bytes may follow at once, before the answer is looked at in its turn.
            mark = mark_of(message.get("result"))
            if mark is not None:
                agree(self, mark)
        super().response(message)

    def _plain_line(self, text: str) -> None:
        self.last_lines.push(text)
        if self._on_line is not None:
            self._on_line(text)

    # ---- coroutines ------------------------------------------------------------------

    def event_loop(self) -> EventLoop:
        """The event loop that runs coroutines: that of the client, or one of ours."""
        with self.lock:
            if self._event_loop is None:
                from ..peer.event_loop import EventLoop

                self._event_loop = EventLoop(
                    self.outbox.flush, self.loop_interrupted, self._running_loop
                )
                self._host_caller.loop_thread = self._event_loop.thread
            return self._event_loop

    def interrupted(self, request: AnsweredRequest, failure: BaseException) -> None:
        """No handler can end a host: its call fails."""
        request.fail(as_failure(failure))

    def loop_interrupted(self, failure: BaseException) -> None:
        """No task of a handler's own, either."""
        self.reporter.failed("a task of a handler", failure)
