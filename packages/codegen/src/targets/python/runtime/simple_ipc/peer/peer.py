"""One end of a connection: answers requests, and hands on everything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from .. import errors
from ..report import report
from ..values.json_text import dump
from ..wire import messages as wire
from ..wire.message_parser import MessageParser
from ..wire.messages import MessageId, members_of
from .answers import Answers
from .handler_clients import HandlerClients
from .inbox import Inbox
from .protocol_notifications import ProtocolNotifications
from .request import Request
from .reserved_requests import answers_reserved
from .running_requests import RunningRequests
from .unknown_names import no_method, no_notification

if TYPE_CHECKING:
    from ..contract.contract import Contract, Method, Notification
    from ..wire.meta import Extras
    from .async_call import AsyncLink
    from .backlog import Backlog
    from .caller import Caller
    from .event_loop import EventLoop
    from .interfaces import AnsweredRequest, CallOwner
    from .link import Link
    from .reporter import Reporter

PlainLine = Callable[[str], object]

# Of these the other side is the cause.
_AT_FAULT: Final = (errors.INVALID_REQUEST, errors.PARSE_ERROR)


class Peer:
    """Joins the handlers of one side of a contract with the bytes of a connection.

    The way out, and the calls that we make ourselves, are those of its caller.
    """

    # Only hosts offer to send bytes as they are: one that is offered that hears itself.
    is_host = False

    def __init__(
        self,
        contract: Contract,
        methods: Mapping[str, Method],
        notifications: Mapping[str, Notification],
        client: Callable[[Link], object],
        caller: Caller,
        *,
        async_client: Callable[[AsyncLink], object] | None = None,
        reporter: Reporter,
        debug: bool = False,
        on_line: PlainLine | None = None,
        on_idle: Callable[[], None] | None = None,
        backlog: Backlog | None = None,
    ) -> None:
        self.outbox, self.queue, self.lock = caller.outbox, caller.queue, caller.lock
        self.max_message_bytes = caller.max_message_bytes
        self.writer = caller.writer
        self.reporter = caller.reporter = reporter
        self.debug = debug
        self.input_ended = False
        # Whether a request that was cancelled is answered.
        self.answers_cancelled = True
        self.running = RunningRequests()
        self._contract = contract
        self._methods = methods
        self._notifications = notifications
        self._clients = HandlerClients(caller, client, async_client)
        self._caller = caller
        self._on_idle = on_idle
        self._event_loop: EventLoop | None = None
        self._inbox = Inbox(
            self.queue, self.lock, self._look_for_end, reporter, backlog
        )
        self._protocol_notifications = ProtocolNotifications(
            self.running, caller, self._inbox
        )
        self._answers = Answers(caller, self._inbox, self.misfit)
        deliver_line = None if on_line is None else self._in_turn(on_line)
        self.parser: MessageParser = MessageParser(
            self, self.max_message_bytes, deliver_line
        )

    # Messages that arrive. All of it runs on the reading thread and never waits.

    def receive(self, chunk: bytes) -> None:
        """Takes the next bytes."""
        self.parser.push(chunk)
        self._inbox.hand_over()

    def end_of_input(self) -> None:
        """The other side sends nothing more: no credit, no answers."""
        self.parser.end()
        self.input_ended = True
        self._caller.end_of_input()
        for request in self.running.all():
            request.open_window()
        self._inbox.hand_over()
        # After everything that was handed over before.
        self.queue.put([self._look_for_end])

    def loop_interrupted(self, failure: BaseException) -> None:
        """A task that a handler left on the event loop raised what leaves the loop."""
        if isinstance(failure, KeyboardInterrupt):
            self.reporter.failed("a task of a handler", failure)
        else:
            self._end(failure)

    def interrupted(self, request: AnsweredRequest, failure: BaseException) -> None:
        """A generator or coroutine wants to end the program."""
        del request
        self._end(failure)

    def _end(self, failure: BaseException) -> None:
        def end() -> None:
            raise failure

        # Only the thread that serves can end the program.
        self.queue.put([end])

    def cancel_everything(self) -> None:
        """Cancels all handlers."""
        for request in self.running.all():
            request.cancel()

    @property
    def is_busy(self) -> bool:
        """Whether requests wait for their answers."""
        return bool(self.running)

    def request(
        self, call: MessageId, name: str, params: object, size: int, extras: Extras
    ) -> None:
        """Queues a request, or answers it at once."""
        method = self._methods.get(name)
        if call in self.running:
            why = f"The id {dump(call)} is that of a request still running"
            self.refuse(None, errors.INVALID_REQUEST, why)
        elif method is None:
            self._undeclared(call, name, params, size)
        elif self.running.is_full:
            self.refuse(call, errors.BUSY, "Too many requests wait here")
        else:
            if extras.for_call is not None:
                extras = self._caller.known(extras)
            request = Request(self, call, name, method, params, size, extras)
            self.running.add(request)
            self._inbox.add(request.run)

    def answered(self) -> None:
        """Notes that an answer is on its way."""
        self.running.left()
        if self.input_ended:
            self._look_for_end()

    def _look_for_end(self) -> None:
        is_idle = not self.running and self._inbox.is_delivered
        if self.input_ended and is_idle and self._on_idle is not None:
            self._on_idle()

    def _undeclared(
        self, call: MessageId, name: str, params: object, size: int
    ) -> None:
        if answers_reserved(self, self._contract, call, name, params):
            return
        message = no_method(name)
        refusal = wire.error(call, errors.METHOD_NOT_FOUND, message, {"method": name})
        self.outbox.put_now(refusal)
        if not name.startswith("rpc."):
            self.misfit(message, params, size, is_answered=True)

    def misfit(
        self, message: str, value: object, size: int, *, is_answered: bool = False
    ) -> None:
        """Tells of a message that breaks the protocol, in its turn; `size` in bytes."""
        tell = self.reporter.misfit
        self._inbox.deliver(
            "on_protocol_error",
            lambda: tell(message, value, is_answered=is_answered),
            size,
        )

    def refuse(
        self, call: MessageId | None, code: int, message: str, data: object = None
    ) -> None:
        """Answers with an error; not under an id that is in use."""
        if call in self.running:
            call = None
        self.outbox.put_now(wire.error(call, code, message, data))
        if code in _AT_FAULT:
            value = None if call is None else {"id": call}
            self.misfit(message, value, len(message), is_answered=True)

    def notification(self, name: str, params: object, size: int) -> None:
        """Hands over a notification, or acts on one of the protocol's own."""
        if name.startswith("$/") and name not in self._notifications:
            self._protocol_notifications.take(name, members_of(params), size)
            return
        notification = self._notifications.get(name)
        if notification is not None:
            what = f"the handler of '{name}'"
            misfit = self.reporter.misfit
            self._inbox.deliver(
                what, lambda: notification.take(name, params, misfit), size
            )
        else:
            self.misfit(no_notification(name), params, size)

    def response(self, message: Mapping[str, object]) -> None:
        """Settles a call of ours; late answers are dropped."""
        self._answers.take(message)

    def lost_answer(self, number: MessageId | None, code: str, why: str) -> None:
        """Fails the call whose answer or item cannot be read."""
        self._answers.lose(number, code, why)

    def show(self, text: str) -> None:
        """Shows people a line, in its turn."""
        self._inbox.deliver("stderr", lambda: report(text), len(text))

    def _in_turn(self, on_line: PlainLine) -> Callable[[str], None]:
        return lambda text: self._inbox.deliver(
            "on_line", lambda: on_line(text), len(text)
        )

    # For requests that are being answered.

    def client_for(self, owner: CallOwner) -> object:
        """The generated client through which a handler calls the other side."""
        return self._clients.of(owner)

    def event_loop(self) -> EventLoop:
        """The event loop that runs coroutines; asyncio is loaded when the first one
        comes.
        """
        with self.lock:
            if self._event_loop is None:
                from .event_loop import EventLoop

                self._event_loop = EventLoop(self.outbox.flush, self.loop_interrupted)
                self._clients.loop_starts(self._event_loop.thread)
            return self._event_loop
