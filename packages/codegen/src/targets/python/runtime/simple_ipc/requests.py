"""Calls of the other side: their handlers run, their answers go out."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final, Generic, TypeGuard, TypeVar, cast

from . import errors, wire
from .calls import Call, issues
from .errors import CancelledError, DeclaredError, RpcError
from .faults import InvalidValueError
from .objects import no_params
from .windows import SendWindow
from .wire import NO_MEMBERS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator

    from .contract import Method
    from .peer import Peer
    from .wire import MessageId

P = TypeVar("P")
C = TypeVar("C")

_NOT_SENT: Final = "An item of {} was not sent: {}"

_QUEUED: Final = 0
_RUNNING: Final = 1
_ANSWERED: Final = 2


class Request:
    """A request from its arrival to its answer."""

    # What most requests never set is not set for each of them.
    cancelled = False
    nested: tuple[Call, ...] = ()
    _state = _QUEUED
    _window: SendWindow | None = None
    _is_parked = False
    _generator: Generator[object, None, object] | None = None
    _throw: RpcError | None = None
    _wake: Callable[[], None] | None = None
    _cancel_task: Callable[[], object] | None = None
    _event: threading.Event | None = None

    def __init__(
        self,
        peer: Peer,
        call: MessageId,
        name: str,
        method: Method,
        params: object,
        size: int,
    ) -> None:
        self.peer = peer
        self.id = call
        self.name = name
        self.method = method
        self.size = size
        self._params = params

    # ---- the reading thread ----------------------------------------------------------
    # -------------------------------

    def cancel(self) -> None:
        """The caller no longer waits."""
        peer = self.peer
        with peer.lock:
            if self._state == _ANSWERED or self.cancelled:
                return
            self.cancelled = True
            is_queued = self._state == _QUEUED
            event, nested, task = self._event, list(self.nested), self._cancel_task
        if is_queued:
            self._answer(_cancelled_answer(self.id), now=True)
            return
        if event is not None:
            event.set()
        for call in nested:
            call.cancel()
        if task is not None:
            task()
        self._unpark()

    def refuse(self, code: int, message: str) -> None:
        """Answers in the handler's place: it is told to end, or never starts."""
        with self.peer.lock:
            is_queued = self._state == _QUEUED
        if not is_queued:
            self.cancel()
        self._answer(wire.error(self.id, code, message), now=True)

    def credit(self, items: int) -> None:
        with self.peer.lock:
            if self._window is not None:
                self._window.credit(items)
        self._unpark()

    def open_window(self) -> None:
        with self.peer.lock:
            if self._window is not None:
                self._window.open_for_good()
        self._unpark()

    def _unpark(self) -> None:
        with self.peer.lock:
            window = self._window
            if (
                not self._is_parked
                or window is None
                or not (window.is_open or self.cancelled)
            ):
                return
            self._is_parked = False
        if self._wake is not None:
            self._wake()

    # ---- the handler's thread --------------------------------------------------------
    # -------------------------------

    def run(self) -> None:
        with self.peer.lock:
            if self._state != _QUEUED:
                return
            self._state = _RUNNING
            self.peer.started(self)
        method = self.method
        try:
            read = method.params or no_params
            decoded = read(self._params_or_none(), "")
        except InvalidValueError as fault:
            message = f"The params do not fit the contract: params{fault}"
            self._answer(
                wire.error(self.id, errors.INVALID_PARAMS, message, issues(fault))
            )
            return
        self._params = None
        try:
            context: Context[Any, Any] = Context(self)
            if method.params is None:
                outcome = method.handler(context)
            else:
                outcome = method.handler(decoded, context)
        except Exception as failure:
            self.fail(failure)
            return
        if method.item is not None:
            self._produce(outcome)
        elif outcome is not None and hasattr(outcome, "__await__"):
            self.peer.loop().run(self, cast("Awaitable[object]", outcome))
        else:
            self.succeed(outcome)

    def _params_or_none(self) -> object:
        """Params that are absent or null are checked as empty ones."""
        if self._params is not None:
            return self._params
        return () if self.method.positional else NO_MEMBERS

    def succeed(self, result: object) -> None:
        if self.cancelled:
            self._answer(_cancelled_answer(self.id))
            return
        try:
            answer = wire.result(self.id, self.method.result(result, ""))
        except InvalidValueError as fault:
            message = f"The result does not fit the contract: result{fault}"
            answer = wire.error(self.id, errors.INTERNAL_ERROR, message, issues(fault))
        except Exception as failure:
            self.fail(failure)
            return
        self._answer(answer)

    def fail(self, failure: BaseException) -> None:
        if self.cancelled:
            self._answer(_cancelled_answer(self.id))
            return
        code, message, data = _describe(failure, self.method)
        if code == errors.INTERNAL_ERROR and self.peer.debug:
            from traceback import print_exception

            print_exception(type(failure), failure, failure.__traceback__)
        self._answer(wire.error(self.id, code, message, data))

    def _answer(self, line: bytes, *, now: bool = False) -> None:
        peer = self.peer
        if len(line) > peer.max_message_bytes + 1:
            message = (
                f"The answer is larger than the limit of {peer.max_message_bytes} bytes"
            )
            line = wire.error(
                self.id, errors.INTERNAL_ERROR, message, {"reason": "MESSAGE_TOO_LARGE"}
            )
        with peer.lock:
            if self._state == _ANSWERED:
                return
            was_queued = self._state == _QUEUED
            self._state = _ANSWERED
        if now:
            peer.output.put_now(line)
        else:
            peer.output.put(line)
        peer.answered(self, was_queued=was_queued)

    # ---- streams ---------------------------------------------------------------------
    # -------------------------------

    def _produce(self, outcome: object) -> None:
        window = SendWindow()
        if self.peer.input_ended:
            window.open_for_good()
        with self.peer.lock:
            self._window = window
        if hasattr(outcome, "__anext__"):
            self.peer.loop().run(
                self,
                self.peer.loop().produce(
                    self, cast("AsyncGenerator[Any, None]", outcome)
                ),
            )
        elif hasattr(outcome, "__next__"):
            self._generator = cast("Generator[object, None, object]", outcome)
            self._wake = lambda: self.peer.turns.put([self._step])
            self._step()
        else:
            self.fail(
                TypeError(f"{self.name} is a stream: its handler must be a generator")
            )

    def _step(self) -> None:
        """Yields items until the window is full; lets others work in between."""
        generator = self._generator
        if generator is None:
            return
        try:
            while not self.cancelled:
                if not self.may_send():
                    return
                thrown, self._throw = self._throw, None
                item = next(generator) if thrown is None else generator.throw(thrown)
                try:
                    self.send_item(item)
                except RpcError as refused:
                    self._throw = refused
                if self.peer.turns.has_more:
                    self.peer.turns.put([self._step])
                    return
        except StopIteration as end:
            self.succeed(end.value)
            return
        except Exception as failure:
            self.fail(failure)
            return
        try:
            generator.close()
        finally:
            self._answer(_cancelled_answer(self.id))

    def may_send(self) -> bool:
        """Whether an item may be sent now; if not, the request is woken when it may."""
        with self.peer.lock:
            window = self._window
            if window is None or window.is_open or self.cancelled:
                return True
            self._is_parked = True
            return False

    def on_wake(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def on_cancel(self, cancel: Callable[[], object]) -> None:
        """Calls `cancel` when the request is cancelled, at once if it was."""
        with self.peer.lock:
            self._cancel_task = cancel
            is_late = self.cancelled
        if is_late:
            cancel()

    def send_item(self, item: object) -> None:
        """Raises `RpcError` for an item that cannot be sent."""
        write = self.method.item
        if write is None or self.cancelled:
            return
        try:
            line = wire.notification(
                "$/item", {"id": self.id, "value": write(item, "")}
            )
        except InvalidValueError as fault:
            message = _NOT_SENT.format(
                self.name, f"it does not fit the contract: item{fault}"
            )
            raise RpcError("INVALID_ITEM", message, issues(fault)) from None
        limit = self.peer.max_message_bytes
        if len(line) > limit + 1:
            message = _NOT_SENT.format(self.name, f"its message is over {limit} bytes")
            raise RpcError("MESSAGE_TOO_LARGE", message)
        with self.peer.lock:
            if self._window is not None:
                self._window.sent(len(line) - 1)
        self.peer.output.put(line)

    # ---- what handlers may ask for
    # ----------------------------------------------------------------------------------

    def send_progress(self, value: object) -> None:
        if self.cancelled or self._state == _ANSWERED or self.peer.output.is_full:
            return
        value = self.method.progress(value, "")
        self.peer.output.put(
            wire.notification("$/progress", {"token": self.id, "value": value})
        )

    def cancellation(self) -> threading.Event:
        with self.peer.lock:
            if self._event is None:
                self._event = threading.Event()
                if self.cancelled:
                    self._event.set()
            return self._event


class Context(Generic[P, C]):
    """What a handler may ask and tell about the call it answers."""

    __slots__ = ("_request",)

    def __init__(self, request: Request) -> None:
        self._request = request

    @property
    def cancelled(self) -> bool:
        """Whether the caller no longer wants the answer."""
        return self._request.cancelled

    def check(self) -> None:
        """Raises `CancelledError` if the call was cancelled."""
        if self._request.cancelled:
            raise CancelledError

    def wait(self, seconds: float | None = None) -> bool:
        """Sleeps, at most until the call is cancelled; says whether it was.

        Other calls are answered meanwhile.
        """
        event = self._request.cancellation()
        with self._request.peer.turns.lent():
            return event.wait(seconds)

    def progress(self, value: P) -> None:
        """Reports how far the call is.

        Never waits: a report that finds the way full is left out.
        """
        self._request.send_progress(value)

    @property
    def peer(self) -> C:
        """The other side. Calls made through it are cancelled with this one."""
        return cast("C", self._request.peer.client_for(self._request))


def _cancelled_answer(call: MessageId) -> bytes:
    return wire.error(call, errors.REQUEST_CANCELLED, "The call was cancelled")


def _is_declared(failure: BaseException) -> TypeGuard[DeclaredError[Any]]:
    return isinstance(failure, DeclaredError)


def _describe(failure: BaseException, method: Method) -> tuple[int, str, object]:
    """Code, message and data for a failure.

    Only an error that the method declares goes out under its own code.
    """
    if _is_declared(failure):
        write = method.errors.get(type(failure))
        if write is not None:
            try:
                return failure.CODE, failure.message, write(failure.data, "")
            except InvalidValueError as fault:
                return (
                    errors.INTERNAL_ERROR,
                    f"{failure.message} (its data{fault})",
                    issues(fault),
                )
    data: object = None
    if isinstance(failure, RpcError):
        if failure.code == "MESSAGE_TOO_LARGE":
            data = {"reason": failure.code}
        elif failure.code == "INVALID_ITEM":
            data = failure.data
        return errors.INTERNAL_ERROR, failure.message, data
    return errors.INTERNAL_ERROR, str(failure) or type(failure).__name__, data
