"""A call on its way to the other side, as its caller sees it."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final, TypeVar

from ..errors import CancelledError
from ..values.faults import InvalidValueError
from ..values.json_text import UnreadableError
from ..values.raw_bytes import read
from ..wire import messages as wire
from .local_errors import (
    invalid_item,
    invalid_result,
    stream_overflow,
    unreadable_answer,
)
from .remote_error import remote_error
from .timeouts import Timeouts
from .unread_items import UnreadItems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..errors import RpcError
    from .cancel_event import CancelEvent
    from .carrier import Carrier
    from .remote_error import ErrorReader

T = TypeVar("T")
R = TypeVar("R")

_MAX_PROGRESS: Final = 1024
_UNREADABLE: Final = "UNREADABLE_MESSAGE"


class Call:
    """One call on its way.

    The reading thread posts what arrives, the caller takes it.
    """

    # Set only for the few calls that need it.
    max_queued_bytes = wire.MAX_QUEUED_BYTES
    on_arrival: Callable[[], None] | None = None
    drops_items = False
    is_settled = False
    # Its answer is here, though perhaps behind notifications.
    is_answered = False
    # Under which a program written by others reports its progress.
    token: int | str | None = None
    items: UnreadItems | None = None
    _result: object = None
    _error: RpcError | None = None
    _cancel: CancelEvent | None = None

    def __init__(
        self,
        carrier: Carrier[Call],
        number: int,
        method: str,
        *,
        errors: Sequence[ErrorReader] = (),
    ) -> None:
        self.number = number
        self.method = method
        self.arrived = threading.Condition()
        # Beyond that, the oldest is dropped.
        self.progress: deque[object] = deque(maxlen=_MAX_PROGRESS)
        self.last_activity = time.monotonic()
        self._carrier = carrier
        self._errors = errors

    # ---- posted by the reading thread ------------------------------------------------

    def post_items(self, values: Sequence[object], size: int) -> None:
        with self.arrived:
            if self.is_settled:
                return
            self.last_activity = time.monotonic()
            if self.items is None:
                self.items = UnreadItems(self._give_credit)
            self.items.add(values, size)
            self.arrived.notify_all()
        if self.drops_items:
            self.items.drop()
        elif self.items.is_over(self.max_queued_bytes):
            self.cancel(stream_overflow(self.method, self.max_queued_bytes))
        else:
            self._tell()

    def post_progress(self, value: object) -> None:
        with self.arrived:
            if self.is_settled:
                return
            self.last_activity = time.monotonic()
            self.progress.append(value)
            self.arrived.notify_all()
        self._tell()

    def post_result(self, value: object) -> None:
        self._settle(value, None)

    def post_error(self, error: RpcError) -> None:
        self._settle(None, error)

    def post_wire_error(self, failure: object) -> None:
        self.post_error(remote_error(failure, self.method, self._errors))

    def _settle(self, value: object, error: RpcError | None) -> None:
        with self.arrived:
            if self.is_settled:
                return
            self.is_settled = True
            self._result, self._error = value, error
            self.arrived.notify_all()
        if self._cancel is not None:
            self._cancel.forget(self)
        self._tell()

    def _tell(self) -> None:
        if self.on_arrival is not None:
            self.on_arrival()

    # ---- taken by the caller ---------------------------------------------------------

    def has_news(self, *, for_items: bool) -> bool:
        """Whether something arrived that was not taken; items only where asked for."""
        return self.is_settled or bool(self.progress or (for_items and self.items))

    def cancel(self, error: RpcError | None = None) -> None:
        """Settles the call here and cancels it on the other side.

        Does nothing when it is settled already.
        """
        with self.arrived:
            if self.is_settled:
                return
            self._settle(None, error or CancelledError(f"{self.method} was cancelled"))
        self._carrier.abandon(self)

    def cancel_with(self, event: CancelEvent | None) -> None:
        """Cancels the call when the event is set."""
        if event is None or self.is_settled:
            return
        self._cancel = event
        event.watch(self)
        if self.is_settled:
            event.forget(self)

    def drop_items(self) -> None:
        """The items are not wanted: they are consumed as they come."""
        with self.arrived:
            self.drops_items = True
            items = self.items
        if items is not None:
            items.drop()

    @property
    def failure(self) -> RpcError | None:
        """The error of a settled call, without the frames of who has asked before."""
        return None if self._error is None else self._error.with_traceback(None)

    def outcome(self, result: Callable[[object, str], R]) -> R:
        """The result of a settled call, read; or its error, raised."""
        if self._error is not None:
            raise self._error.with_traceback(None)
        try:
            return read(result, self._result)
        except UnreadableError as fault:
            why = f"the message cannot be read: {fault}"
            raise unreadable_answer(self.method, _UNREADABLE, why) from fault
        except InvalidValueError as fault:
            raise invalid_result(self.method, fault) from fault

    def read_item(self, value: object, item: Callable[[object, str], T]) -> T:
        """An item, read. One that does not fit the contract ends the call."""
        try:
            return read(item, value)
        except UnreadableError as fault:
            why = f"the message cannot be read: {fault}"
            error = unreadable_answer(self.method, _UNREADABLE, why)
        except InvalidValueError as fault:
            error = invalid_item(self.method, fault)
        self.cancel(error)
        raise error

    def lost(self, code: str, why: str) -> None:
        """Its answer, or an item of it, cannot be read."""
        self.cancel(unreadable_answer(self.method, code, why))

    def misfit(self, message: str, value: object) -> None:
        """Tells of something that arrived and does not fit the contract."""
        self._carrier.misfit(message, value)

    def timeouts(self, timeout: float | None, idle: float | None) -> Timeouts:
        """How long it may take: for ever, while somebody debugs."""
        try:
            chosen = Timeouts(timeout, idle)
        except (TypeError, ValueError):
            # The call is on its way.
            self.cancel()
            raise
        return Timeouts(None, None) if self._carrier.ignores_timeouts else chosen

    def next_look(self, timeouts: Timeouts) -> float | None:
        """When it may be too late."""
        return timeouts.next_look(self.last_activity, is_answered=self.is_answered)

    def lateness(self, timeouts: Timeouts) -> RpcError | None:
        """Why it is too late, if it is."""
        if self.is_answered and timeouts.may_wait(self.last_activity):
            return None
        end = self._carrier.when_late(self)
        came = self._carrier.instead()
        error = timeouts.exceeded(self.method, self.last_activity, end, came)
        if error is not None and timeouts.look_again(self._carrier.has_unread()):
            return None
        return error

    def wait(self, timeouts: Timeouts, *, for_items: bool = True) -> None:
        """Waits for the next thing to arrive; cancels the call when it is too late."""
        while not self._carrier.wait(
            self, self.next_look(timeouts), for_items=for_items
        ):
            error = self.lateness(timeouts)
            if error is not None:
                self.cancel(error)
                return

    def wait_until_settled(self, seconds: float | None) -> None:
        """For other threads than the caller's; takes nothing."""
        with self.arrived:
            self.arrived.wait_for(lambda: self.is_settled, seconds)

    def _give_credit(self, items: int) -> None:
        if not self.is_settled:
            self._carrier.send_credit(self.number, items)


def wait_until_settled(calls: Iterable[Call], seconds: float | None) -> None:
    """Returns when every call is settled, or the time is over."""
    end = None if seconds is None else time.monotonic() + seconds
    for call in calls:
        left = None if end is None else max(0, end - time.monotonic())
        call.wait_until_settled(left)
