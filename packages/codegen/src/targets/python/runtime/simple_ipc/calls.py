"""Calls to the other side, as their callers see them."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from . import errors as codes
from . import wire
from .errors import CancelledError, RpcError
from .faults import InvalidValueError
from .values import ignored
from .windows import ReceiveWindow
from .wire import members_of

if TYPE_CHECKING:
    from .contract import Codec

T = TypeVar("T")
R = TypeVar("R")

ErrorReader = Callable[[object, str], RpcError]


class Caller(Protocol):
    """What a call needs of the connection that carries it."""

    def send_credit(self, number: int, items: int) -> None: ...
    def abandon(self, call: Call) -> None: ...
    def wait(self, call: Call, deadline: float | None) -> bool: ...


class Call:
    """One call on its way.

    The reading thread posts what arrives, the caller takes it.
    """

    def __init__(
        self,
        caller: Caller,
        number: int,
        method: str,
        *,
        errors: Mapping[int, ErrorReader] | None = None,
    ) -> None:
        self.number = number
        self.method = method
        self.arrived = threading.Condition()
        self.progress: deque[object] = deque()
        self.items: deque[tuple[object, int]] = deque()
        self.drops_items = True
        self.is_settled = False
        self._caller = caller
        self._errors = errors or {}
        self._window = ReceiveWindow()
        self._result: object = None
        self._error: RpcError | None = None

    # ---- posted by the reading thread
    # -------------------------------------------------------------------------------

    def post_item(self, value: object, size: int) -> None:
        with self.arrived:
            if self.is_settled:
                return
            if not self.drops_items:
                self.items.append((value, size))
                self.arrived.notify_all()
                return
        self._consumed(size, is_last_unread=True)

    def post_progress(self, value: object) -> None:
        with self.arrived:
            if not self.is_settled:
                self.progress.append(value)
                self.arrived.notify_all()

    def post_result(self, value: object) -> None:
        self._settle(value, None)

    def post_error(self, error: RpcError) -> None:
        self._settle(None, error)

    def post_wire_error(self, failure: object) -> None:
        members = members_of(failure)
        code, message, data = (
            members.get("code"),
            members.get("message"),
            members.get("data"),
        )
        number = code if isinstance(code, int) else 0
        text = message if isinstance(message, str) else "The call failed"
        reader = self._errors.get(number)
        if reader is not None:
            try:
                self.post_error(reader(data, text))
            except InvalidValueError as fault:
                self.post_error(
                    RpcError(
                        "INVALID_RESULT",
                        f"The data of an error of {self.method}: {fault}",
                        data,
                    )
                )
        elif number == codes.REQUEST_CANCELLED:
            self.post_error(CancelledError())
        else:
            self.post_error(RpcError(number, text, data))

    def _settle(self, value: object, error: RpcError | None) -> None:
        with self.arrived:
            if not self.is_settled:
                self.is_settled = True
                self._result, self._error = value, error
                self.arrived.notify_all()

    # ---- taken by the caller ---------------------------------------------------------
    # -------------------------------

    def cancel(self, error: RpcError | None = None) -> None:
        """Settles the call here and tells the other side.

        Does nothing when it is settled already.
        """
        with self.arrived:
            if self.is_settled:
                return
            self._settle(None, error or CancelledError(f"{self.method} was cancelled"))
        self._caller.abandon(self)

    def take_item(self) -> object:
        value, size = self.items.popleft()
        self._consumed(size, is_last_unread=not self.items)
        return value

    def drop_items(self) -> None:
        """Nobody reads the items: they are consumed as they come."""
        with self.arrived:
            self.drops_items = True
            dropped = list(self.items)
            self.items.clear()
        for _, size in dropped:
            self._consumed(size, is_last_unread=True)

    def outcome(self, result: Callable[[object, str], R]) -> R:
        """The result of a settled call, read; or its error, raised."""
        if self._error is not None:
            raise self._error
        try:
            return result(self._result, "")
        except InvalidValueError as fault:
            raise RpcError(
                "INVALID_RESULT",
                f"{self.method} answered with something that does not fit "
                f"the contract: result{fault}",
                issues(fault),
            ) from None

    def report_progress(
        self, read: Codec, report: Callable[[Any], object] | None
    ) -> None:
        """Hands on the progress that arrived."""
        while self.progress:
            value = self.progress.popleft()
            if report is not None:
                try:
                    value = read(value, "")
                except InvalidValueError:
                    continue
                report(value)

    def wait(self, deadline: float | None) -> None:
        """Waits for the next thing to arrive; cancels the call when it is too late."""
        if not self._caller.wait(self, deadline):
            self.cancel(
                RpcError(
                    "TIMEOUT",
                    f"{self.method} was not answered in time; it was cancelled",
                )
            )

    def _consumed(self, size: int, *, is_last_unread: bool) -> None:
        items = self._window.consumed(size, is_last_unread=is_last_unread)
        if items and not self.is_settled:
            self._caller.send_credit(self.number, items)


def issues(fault: InvalidValueError) -> dict[str, object]:
    return {"issues": [{"path": fault.path, "message": fault.message}]}


def finish(
    call: Call,
    result: Callable[[object, str], R],
    *,
    timeout: float | None = None,
    progress: Codec = ignored,
    on_progress: Callable[[Any], object] | None = None,
) -> R:
    """Waits for a call's result."""
    deadline = None if timeout is None else time.monotonic() + timeout
    try:
        while True:
            call.report_progress(progress, on_progress)
            if call.is_settled and not call.progress:
                return call.outcome(result)
            call.wait(deadline)
    except BaseException:
        call.cancel()
        raise


class Stream(Generic[T, R]):
    """The items of a call, to be read in a `for` loop, and its result.

    Leaving the loop early cancels the call.
    """

    def __init__(
        self,
        call: Call,
        item: Callable[[object, str], T],
        result: Callable[[object, str], R],
        *,
        timeout: float | None = None,
        progress: Codec = ignored,
        on_progress: Callable[[Any], object] | None = None,
    ) -> None:
        self._call = call
        call.drops_items = False
        self._item = item
        self._result = result
        self._progress = progress
        self._on_progress = on_progress
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._is_looped = False

    def __iter__(self) -> Iterator[T]:
        call = self._call
        self._is_looped = True
        call.drops_items = False
        try:
            while True:
                call.report_progress(self._progress, self._on_progress)
                while call.items:
                    yield self._read(call.take_item())
                if call.is_settled and not call.items:
                    call.outcome(ignored)
                    return
                call.wait(self._deadline)
        finally:
            call.cancel()

    def _read(self, value: object) -> T:
        try:
            return self._item(value, "")
        except InvalidValueError as fault:
            raise RpcError(
                "INVALID_ITEM",
                f"{self._call.method} sent an item that does not fit "
                f"the contract: item{fault}",
                issues(fault),
            ) from None

    def result(self) -> R:
        """Waits for the result. Without a loop before it, the items are dropped."""
        if not self._is_looped:
            self._call.drop_items()
        left = None if self._deadline is None else self._deadline - time.monotonic()
        return finish(
            self._call,
            self._result,
            timeout=left,
            progress=self._progress,
            on_progress=self._on_progress,
        )

    def cancel(self) -> None:
        """Tells the other side that nobody waits any more."""
        self._call.cancel()

    def __enter__(self) -> Stream[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()


def cancel_line(number: int) -> bytes:
    return wire.notification("$/cancelRequest", {"id": number})


def credit_line(number: int, items: int) -> bytes:
    return wire.notification("$/credit", {"id": number, "items": items})
