"""One end of a connection: lines come in, calls are answered and made, lines go out."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from . import errors, wire
from .calls import Call, ErrorReader, cancel_line, credit_line, issues
from .contract import VERSION, Contract, Method, Notification
from .errors import CancelledError, RpcError
from .faults import InvalidValueError
from .kinds import is_array, is_object
from .objects import no_params
from .requests import Request
from .wire import LineSplitter, MessageId, UnreadableError, members_of

if TYPE_CHECKING:
    from .channel import Outlet, Queue
    from .loop import Loop
    from .turns import Task

T = TypeVar("T")

_PROTOCOL: Final = 1
_MAX_QUEUED: Final = 100_000
_MAX_QUEUED_BYTES: Final = 256 * 1024 * 1024

PlainLine = Callable[[str], object]


class Link:
    """The way to the other side, for one handler's calls or for nobody's."""

    def __init__(self, peer: Peer, owner: Request | None = None) -> None:
        self._peer = peer
        self._owner = owner

    def start(
        self,
        method: str,
        params: T,
        write: Callable[[T, str], object],
        *,
        errors: Mapping[int, ErrorReader] | None = None,
    ) -> Call:
        """Sends a call."""
        wire_params = _outgoing(method, params, write)
        return self._peer.start_call(method, wire_params, self._owner, errors)

    def notify(self, name: str, params: T, write: Callable[[T, str], object]) -> None:
        """Sends a notification."""
        self._peer.notify(name, _outgoing(name, params, write))

    def send_line(self, text: str) -> None:
        """Sends a plain line, which is no message."""
        self._peer.send_line(text)


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
        self._contract = contract
        self._methods = methods
        self._notifications = notifications
        self._client = client
        self._on_line = on_line
        self._on_idle = on_idle
        self._requests: dict[MessageId, Request] = {}
        self._queued = 0
        self._queued_bytes = 0
        self._calls: dict[int, Call] = {}
        self._last_number = 0
        self._undelivered = 0
        self._tasks: list[Task] = []
        self._loop: Loop | None = None
        self._splitter = LineSplitter(self._line, self._skipped, max_message_bytes)

    # ---- input: everything here runs on the reading thread and never waits
    # ------------------------------------------

    def receive(self, chunk: bytes) -> None:
        self._splitter.push(chunk)
        self._hand_over()

    def end_of_input(self) -> None:
        """The other side sends nothing more: no credit, no answers."""
        self._splitter.end()
        with self.lock:
            self.input_ended = True
            open_calls = list(self._calls.values())
            self._calls.clear()
            open_requests = list(self._requests.values())
        for call in open_calls:
            call.post_error(_host_closed(call.method))
        for request in open_requests:
            request.open_window()
        self._hand_over()
        # Behind everything that was handed over before.
        self.turns.put([self._look_for_end])

    def cancel_everything(self) -> None:
        with self.lock:
            open_requests = list(self._requests.values())
        for request in open_requests:
            request.cancel()

    @property
    def is_busy(self) -> bool:
        return bool(self._requests)

    def _hand_over(self) -> None:
        if self._tasks:
            tasks, self._tasks = self._tasks, []
            self.turns.put(tasks)

    def _line(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").strip(" \t\r\ufeff")
        if not text.startswith("{"):
            self._plain(line, text)
            return
        try:
            value = wire.parse(text)
        except UnreadableError as fault:
            self._unreadable(line, text, fault)
            return
        if is_object(value) and wire.is_message(value):
            self._message(value, len(line))
        else:
            self._plain(line, text, is_json=True)

    def _plain(self, line: bytes, text: str, *, is_json: bool = False) -> None:
        """A line that is no message."""
        if self._on_line is not None:
            handler = self._on_line
            shown = line.decode("utf-8", "replace")
            self._deliver(lambda: handler(shown))
        elif is_json:
            self._refuse(
                None,
                errors.INVALID_REQUEST,
                "This is JSON, but no message of JSON-RPC 2.0",
            )
        elif text.startswith(("{", "[")):
            try:
                wire.parse(text)
            except UnreadableError as fault:
                if not fault.is_json:
                    self._refuse(None, errors.PARSE_ERROR, f"This is not JSON: {fault}")
                    return
            self._refuse(
                None,
                errors.INVALID_REQUEST,
                "This is JSON, but no message of JSON-RPC 2.0",
            )
        else:
            print(line.decode("utf-8", "replace"), file=sys.stderr, flush=True)

    def _skipped(self, head: bytes) -> None:
        """A line over the size limit."""
        limit = (
            f"The message is larger than the limit of {self.max_message_bytes} bytes"
        )
        found = wire.peek(head)
        number = found.id if isinstance(found.id, int) else None
        call = self._calls.get(number) if number is not None else None
        if found.kind == "request":
            self._refuse(
                self._free(found.id),
                errors.INVALID_REQUEST,
                limit,
                {"reason": "MESSAGE_TOO_LARGE"},
            )
        elif found.kind in {"response", "item"}:
            if call is not None:
                call.cancel(
                    RpcError(
                        "MESSAGE_TOO_LARGE", f"{call.method} was answered, but: {limit}"
                    )
                )
        elif not found.kind and self._on_line is None:
            self._refuse(
                None, errors.INVALID_REQUEST, limit, {"reason": "MESSAGE_TOO_LARGE"}
            )

    def _unreadable(self, line: bytes, text: str, fault: UnreadableError) -> None:
        if not text.startswith('{"jsonrpc":"2.0"'):
            self._plain(line, text)
            return
        code = errors.INVALID_REQUEST if fault.is_json else errors.PARSE_ERROR
        why = f"The message cannot be read: {fault}"
        found = wire.peek(text.encode("utf-8", "replace"))
        if found.kind == "request":
            self._refuse(self._free(found.id), code, why)
        elif found.kind in {"response", "item"}:
            call = self._calls.get(found.id) if isinstance(found.id, int) else None
            if call is not None:
                call.cancel(
                    RpcError(
                        "UNREADABLE_MESSAGE", f"{call.method} was answered, but: {why}"
                    )
                )
        else:
            self._refuse(None, code, why)

    def _free(self, call: MessageId | None) -> MessageId | None:
        return None if call in self._requests else call

    def _message(self, message: Mapping[str, object], size: int) -> None:
        if "method" not in message:
            self._response(message)
            return
        method, params = message["method"], message.get("params")
        call = wire.message_id(message.get("id"))
        bad_params = (
            params is not None and not is_array(params) and not is_object(params)
        )
        if (
            not isinstance(method, str)
            or bad_params
            or ("id" in message and call is None)
        ):
            self._refuse(
                self._free(call),
                errors.INVALID_REQUEST,
                "The method, the params or the id is none",
            )
        elif call is None:
            self._notification(method, params, size)
        else:
            self._request(call, method, params, size)

    # ---- requests --------------------------------------------------------------------
    # -------------------------------

    def _request(self, call: MessageId, name: str, params: object, size: int) -> None:
        if call in self._requests:
            self._refuse(
                None,
                errors.INVALID_REQUEST,
                f"The id {wire.dump(call)} is that of a request still running",
            )
            return
        method = self._methods.get(name)
        if method is None:
            self._undeclared(call, name)
        elif self._queued >= _MAX_QUEUED or self._queued_bytes >= _MAX_QUEUED_BYTES:
            self._refuse(call, errors.BUSY, "Too many requests wait here")
        else:
            request = Request(self, call, name, method, params, size)
            with self.lock:
                self._requests[call] = request
                self._queued += 1
                self._queued_bytes += size
            self._tasks.append(request.run)

    def started(self, request: Request) -> None:
        """Notes that a request is no longer queued; the lock is held."""
        self._queued -= 1
        self._queued_bytes -= request.size

    def answered(self, request: Request, *, was_queued: bool) -> None:
        with self.lock:
            self._requests.pop(request.id, None)
            if was_queued:
                self._queued -= 1
                self._queued_bytes -= request.size
        if self.input_ended:
            self._look_for_end()

    def _look_for_end(self) -> None:
        if (
            self.input_ended
            and not self._requests
            and not self._undelivered
            and self._on_idle is not None
        ):
            self._on_idle()

    def _undeclared(self, call: MessageId, name: str) -> None:
        if name == "rpc.ping":
            self.output.put_now(wire.result(call, None))
        elif name == "rpc.contract":
            about = self._contract
            answer = {
                "protocol": _PROTOCOL,
                "name": about.name,
                "version": about.version,
                "hash": about.digest,
                "runtime": f"python/{VERSION}",
            }
            self.output.put_now(wire.result(call, answer))
        elif name == "rpc.discover" and self._contract.openrpc:
            self.output.put_now(wire.result(call, wire.parse(self._contract.openrpc)))
        else:
            message = f"There is no method ‘{name}’ here"
            self._refuse(call, errors.METHOD_NOT_FOUND, message, {"method": name})

    def _refuse(
        self, call: MessageId | None, code: int, message: str, data: object = None
    ) -> None:
        self.output.put_now(wire.error(call, code, message, data))

    # ---- notifications ---------------------------------------------------------------
    # -------------------------------

    def _notification(self, name: str, params: object, size: int) -> None:
        if name.startswith("$/"):
            self._protocol_notification(name, members_of(params), size)
            return
        notification = self._notifications.get(name)
        if notification is not None:
            self._deliver(lambda: _notify(name, notification, params))

    def _protocol_notification(
        self, name: str, params: Mapping[str, object], size: int
    ) -> None:
        call = wire.message_id(params.get("id"))
        request = self._requests.get(call) if call is not None else None
        if name == "$/cancelRequest" and request is not None:
            request.cancel()
        elif name == "$/credit" and request is not None:
            items = wire.message_id(params.get("items"))
            if isinstance(items, int) and items > 0:
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

    def _deliver(self, deliver: Callable[[], object]) -> None:
        """Hands a notification or plain line to its handler, in its turn."""
        with self.lock:
            self._undelivered += 1

        def task() -> None:
            try:
                deliver()
            except Exception as failure:
                print(
                    f"simple-ipc: a notification's handler failed: {failure!r}",
                    file=sys.stderr,
                    flush=True,
                )
            finally:
                with self.lock:
                    self._undelivered -= 1
                if self.input_ended:
                    self._look_for_end()

        self._tasks.append(task)

    def _in_order(self, task: Task) -> None:
        """Runs at once, or behind the notifications that came before."""
        if self._undelivered:
            self._tasks.append(task)
        else:
            task()

    # ---- our own calls ---------------------------------------------------------------
    # -------------------------------

    def start_call(
        self,
        method: str,
        params: object,
        owner: Request | None,
        declared: Mapping[int, ErrorReader] | None,
    ) -> Call:
        with self.lock:
            self._last_number += 1
            number = self._last_number
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
        self._put(wire.notification(name, params))

    def send_line(self, text: str) -> None:
        self._put(wire.to_line(text))

    def _put(self, line: bytes) -> None:
        self.output.put(line)
        if not self.turns.is_working:
            # Nobody gathers output here.
            self.output.flush(wait=True)

    def client_for(self, request: Request) -> object:
        return self._client(Link(self, request))

    def send_credit(self, number: int, items: int) -> None:
        if not self.input_ended:
            self.output.put_now(credit_line(number, items))

    def abandon(self, call: Call) -> None:
        with self.lock:
            self._calls.pop(call.number, None)
        if not self.input_ended:
            self.output.put_now(cancel_line(call.number))

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

    def _response(self, message: Mapping[str, object]) -> None:
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

    # ---- coroutines ------------------------------------------------------------------
    # -------------------------------

    def loop(self) -> Loop:
        """The event loop that runs coroutines; asyncio is loaded when the first one
        comes.
        """
        with self.lock:
            if self._loop is None:
                from .loop import Loop

                self._loop = Loop(self)
            return self._loop


def _notify(name: str, notification: Notification, params: object) -> None:
    if params is None:
        params = [] if notification.positional else {}
    try:
        read = notification.params or no_params
        decoded = read(params, "")
    except InvalidValueError as fault:
        print(
            f"simple-ipc: the notification {name} was dropped: params{fault}",
            file=sys.stderr,
            flush=True,
        )
        return
    if notification.params is None:
        notification.handler()
    else:
        notification.handler(decoded)


def _outgoing(name: str, params: T, write: Callable[[T, str], object]) -> object:
    try:
        return write(params, "")
    except InvalidValueError as fault:
        raise RpcError(
            "INVALID_PARAMS", f"{name} was not sent: params{fault}", issues(fault)
        ) from None


def _too_large(name: str, limit: int) -> str:
    return f"{name} was not sent: its message is over the limit of {limit} bytes"


def _host_closed(method: str) -> RpcError:
    return RpcError(
        "HOST_CLOSED", f"{method} was not answered: the host closed the connection"
    )
