"""One end of a connection: lines come in, calls are answered and made, lines go out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from .. import errors
from ..errors import CancelledError, RpcError
from ..report import report
from ..values.json_text import dump
from ..wire import messages as wire
from ..wire.incoming import Incoming
from ..wire.messages import MessageId, members_of
from .link import Link
from .requests import Request
from .reserved import answer_reserved
from .running import Running

if TYPE_CHECKING:
    from ..calls.calls import Call, ErrorReader
    from ..contract.contract import Contract, Method, Notification
    from .channel import Outlet, Queue
    from .event_loop import Loop
    from .turns import Task

PlainLine = Callable[[str], object]


class Peer:
    """Joins what a contract's side implements with the bytes that come and go."""

    def __init__(
        self,
        contract: Contract,
        methods: Mapping[str, Method],
        notifications: Mapping[str, Notification],
        client: Callable[[Link], object],
        *,
        output: Outlet,
        turns: Queue,
        debug: bool = False,
        max_message_bytes: int = wire.MAX_MESSAGE_BYTES,
        on_line: PlainLine | None = None,
        on_idle: Callable[[], None] | None = None,
    ) -> None:
        self.output = output
        self.turns = turns
        self.lock = threading.Lock()
        self.debug = debug
        self.max_message_bytes = max_message_bytes
        self.input_ended = False
        self.running = Running()
        self._contract = contract
        self._methods = methods
        self._notifications = notifications
        self._client = client
        self._on_idle = on_idle
        self._calls: dict[int, Call] = {}
        self._last_number = 0
        self._undelivered = 0
        self._tasks: list[Task] = []
        self._loop: Loop | None = None
        deliver_line = None if on_line is None else self._in_turn(on_line)
        self._incoming = Incoming(self, max_message_bytes, deliver_line)

    # What arrives. All of it runs on the reading thread and never waits.

    def receive(self, chunk: bytes) -> None:
        """Takes bytes as they come."""
        self._incoming.push(chunk)
        self._hand_over()

    def end_of_input(self) -> None:
        """The other side sends nothing more: no credit, no answers."""
        self._incoming.end()
        with self.lock:
            self.input_ended = True
            open_calls = list(self._calls.values())
            self._calls.clear()
        for call in open_calls:
            call.post_error(_host_closed(call.method))
        for request in self.running.all():
            request.open_window()
        self._hand_over()
        # Behind everything that was handed over before.
        self.turns.put([self._look_for_end])

    def interrupted(self, request: Request, failure: BaseException) -> None:
        """A generator or coroutine says that the program shall end."""
        del request

        def end() -> None:
            raise failure

        # Only the thread that serves can end the program.
        self.turns.put([end])

    def cancel_everything(self) -> None:
        """Tells all handlers to end."""
        for request in self.running.all():
            request.cancel()

    @property
    def is_busy(self) -> bool:
        """Whether requests wait for their answers."""
        return bool(self.running)

    def _hand_over(self) -> None:
        if self._tasks:
            tasks, self._tasks = self._tasks, []
            self.turns.put(tasks)

    def request(self, call: MessageId, name: str, params: object, size: int) -> None:
        """Puts a request into the queue, or answers it at once."""
        method = self._methods.get(name)
        if call in self.running:
            why = f"The id {dump(call)} is that of a request still running"
            self.refuse(None, errors.INVALID_REQUEST, why)
        elif method is None:
            self._undeclared(call, name)
        elif self.running.is_full:
            self.refuse(call, errors.BUSY, "Too many requests wait here")
        else:
            request = Request(self, call, name, method, params, size)
            self.running.add(request)
            self._tasks.append(request.run)

    def answered(self) -> None:
        """Notes that an answer is on its way."""
        self.running.left()
        if self.input_ended:
            self._look_for_end()

    def _look_for_end(self) -> None:
        is_idle = not self.running and not self._undelivered
        if self.input_ended and is_idle and self._on_idle is not None:
            self._on_idle()

    def _undeclared(self, call: MessageId, name: str) -> None:
        answer = answer_reserved(call, name, self._contract)
        if answer is not None:
            self.output.put_now(answer)
            return
        message = f"There is no method ‘{name}’ here"
        self.refuse(call, errors.METHOD_NOT_FOUND, message, {"method": name})

    def refuse(
        self, call: MessageId | None, code: int, message: str, data: object = None
    ) -> None:
        """Answers what never becomes a request; not under an id that is in use."""
        if call in self.running:
            call = None
        self.output.put_now(wire.error(call, code, message, data))

    def notification(self, name: str, params: object, size: int) -> None:
        """Hands a notification over, or heeds one of the protocol's own."""
        if name.startswith("$/"):
            self._protocol_notification(name, members_of(params), size)
            return
        notification = self._notifications.get(name)
        if notification is not None:
            self._deliver(lambda: notification.take(name, params))

    def _protocol_notification(
        self, name: str, params: Mapping[str, object], size: int
    ) -> None:
        call = wire.message_id(params.get("id"))
        if name == "$/cancelRequest":
            request = self.running.get(call)
            if request is not None:
                request.cancel()
        elif name == "$/credit":
            request = self.running.get(call)
            items = wire.message_id(params.get("items"))
            if request is not None and isinstance(items, int) and items > 0:
                request.credit(items)
        elif name == "$/item" and isinstance(call, int):
            self._item(self._calls.get(call), params.get("value"), size)
        elif name == "$/progress":
            token = wire.message_id(params.get("token"))
            if isinstance(token, int):
                self._progress(self._calls.get(token), params.get("value"))

    def _item(self, call: Call | None, value: object, size: int) -> None:
        if call is not None:
            self._in_order(lambda: call.post_item(value, size))

    def _progress(self, call: Call | None, value: object) -> None:
        if call is not None:
            self._in_order(lambda: call.post_progress(value))

    def response(self, message: Mapping[str, object]) -> None:
        """Settles a call of ours; late answers are dropped."""
        number = wire.message_id(message.get("id"))
        with self.lock:
            call = self._calls.pop(number, None) if isinstance(number, int) else None
        if call is None:
            return
        failure, value = message.get("error"), message.get("result")
        if failure is not None:
            self._in_order(lambda: call.post_wire_error(failure))
        else:
            self._in_order(lambda: call.post_result(value))

    def lost_answer(self, number: MessageId | None, code: str, why: str) -> None:
        """Fails the call whose answer or item cannot be read."""
        call = self._calls.get(number) if isinstance(number, int) else None
        if call is not None:
            call.cancel(RpcError(code, f"{call.method} was answered, but: {why}"))

    def show(self, text: str) -> None:
        """Shows people a line, in its turn."""
        self._deliver(lambda: report(text))

    def _deliver(self, deliver: Callable[[], object]) -> None:
        """Hands a notification or plain line to its handler, in its turn."""
        with self.lock:
            self._undelivered += 1

        def task() -> None:
            try:
                deliver()
            except Exception as failure:
                report(f"simple-ipc: a notification's handler failed: {failure!r}")
            finally:
                with self.lock:
                    self._undelivered -= 1
                if self.input_ended:
                    self._look_for_end()

        self._tasks.append(task)

    def _in_turn(self, on_line: PlainLine) -> Callable[[str], None]:
        return lambda text: self._deliver(lambda: on_line(text))

    def _in_order(self, task: Task) -> None:
        """Runs at once, or behind the notifications that came before."""
        if self._undelivered:
            self._tasks.append(task)
        else:
            task()

    # Our own calls. Any thread makes them.

    def start_call(
        self,
        method: str,
        params: object,
        owner: Request | None,
        declared: Sequence[ErrorReader],
    ) -> Call:
        """Sends a call. Raises `RpcError` if it cannot be sent."""
        with self.lock:
            self._last_number += 1
            number = self._last_number
        # Many children call nobody.
        from ..calls.calls import Call

        call = Call(self, number, method, errors=declared)
        line = wire.request(number, method, params)
        if len(line) > self.max_message_bytes + 1:
            message = _too_large(method, self.max_message_bytes)
            raise RpcError("MESSAGE_TOO_LARGE", message)
        with self.lock:
            refusal = self._refusal(method)
            if refusal is not None:
                raise refusal
            if owner is not None:
                if owner.cancelled:
                    raise CancelledError
                owner.nested += (call,)
            self._calls[number] = call
        self._send(line)
        return call

    def _refusal(self, method: str) -> RpcError | None:
        """Why nothing can be called; the lock is held."""
        return _host_closed(method) if self.input_ended else None

    def _send(self, line: bytes) -> None:
        self.output.put(line)
        self.output.flush()

    def notify(self, name: str, params: object) -> None:
        """Sends a notification."""
        self._put(wire.notification(name, params))

    def send_line(self, text: str) -> None:
        """Sends a plain line."""
        self._put(wire.to_line(text))

    def _put(self, line: bytes) -> None:
        self.output.put(line)
        if not self.turns.is_working:
            # Nobody gathers output here.
            self.output.flush(wait=True)

    def client_for(self, request: Request) -> object:
        """The generated client through which a handler calls the other side."""
        return self._client(Link(self, request))

    def send_credit(self, number: int, items: int) -> None:
        """Tells how many items were consumed."""
        if not self.input_ended:
            self.output.put_now(wire.credit(number, items))

    def abandon(self, call: Call) -> None:
        """Tells that nobody waits for a call any more."""
        with self.lock:
            self._calls.pop(call.number, None)
        if not self.input_ended:
            self.output.put_now(wire.cancel(call.number))

    def wait(self, call: Call, deadline: float | None) -> bool:
        """Waits for something to arrive, while others work; False when the deadline has
        passed.
        """
        with self.turns.lent(), call.arrived:
            while not (call.is_settled or call.items or call.progress):
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    return False
                call.arrived.wait(left)
        return True

    def loop(self) -> Loop:
        """The event loop that runs coroutines; asyncio is loaded when the first one
        comes.
        """
        with self.lock:
            if self._loop is None:
                from .event_loop import Loop

                self._loop = Loop(self)
            return self._loop


def _too_large(name: str, limit: int) -> str:
    return f"{name} was not sent: its message is over the limit of {limit} bytes"


def _host_closed(method: str) -> RpcError:
    return RpcError(
        "HOST_CLOSED", f"{method} was not answered: the host closed the connection"
    )
