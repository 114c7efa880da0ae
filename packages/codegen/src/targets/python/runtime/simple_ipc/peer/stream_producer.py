"""Sends the items of a stream as its window allows."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

from ..errors import RpcError
from ..raised import AnyRaised
from ..values.faults import InvalidValueError, misfit
from ..values.json_text import dump
from ..values.raw_bytes import written
from ..wire.flow_control import SendWindow
from ..wire.items_message import ITEMS_TAIL, ItemsMessage, items_head, size_of
from ..wire.raw_message import RawMessage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator

    from .interfaces import AnsweredRequest, AnsweringPeer

_NOT_SENT: Final = "An item of {} was not sent: {}"


class StreamProducer:
    """Sends the items of one call.

    It is parked while its window is full, and woken by credit, by a cancel, and by
    the end of input.
    """

    def __init__(self, request: AnsweredRequest, peer: AnsweringPeer) -> None:
        self._request = request
        self._peer = peer
        self._window = SendWindow()
        # What items may still join.
        self._message: ItemsMessage | None = None
        self._head = items_head(request.id)
        self._is_parked = False
        self._wake: Callable[[], object] = self._put_step
        self._generator: Generator[object, None, object] | None = None
        self._refused: RpcError | None = None

    def start(self, items: object) -> None:
        """Runs a generator or an asynchronous one."""
        request = self._request
        if hasattr(items, "__anext__"):
            loop = self._peer.event_loop()
            generator = cast("AsyncGenerator[object, None]", items)
            loop.run(request, loop.produce(self, generator))
        elif hasattr(items, "__next__"):
            self._generator = cast("Generator[object, None, object]", items)
            self._step()
        else:
            name = request.name
            request.fail(
                TypeError(f"{name} is a stream: its handler must be a generator")
            )

    @property
    def is_cancelled(self) -> bool:
        """Whether the items are no longer wanted."""
        return self._request.cancelled

    def may_send(self) -> bool:
        """Whether an item may be sent now; if not, the producer is woken when it may,
        or when the call is cancelled.
        """
        if self._window.is_open:
            return True
        with self._peer.lock:
            if self._window.is_open or self._request.cancelled:
                return True
            self._is_parked = True
            return False

    def on_wake(self, wake: Callable[[], object]) -> None:
        """Sets what resumes the producer when it is parked."""
        self._wake = wake

    def credit(self, items: int) -> None:
        """Makes room for this many items."""
        with self._peer.lock:
            self._window.credit(items)
        self.unpark()

    def open_window(self) -> None:
        """Lifts the limit: no credit will come."""
        with self._peer.lock:
            self._window.open_for_good()
        self.unpark()

    def unpark(self) -> None:
        """Resumes the producer if it is parked and may send."""
        with self._peer.lock:
            may_go_on = self._window.is_open or self._request.cancelled
            if not (self._is_parked and may_go_on):
                return
            self._is_parked = False
        self._wake()

    def send(self, item: object) -> None:
        """Raises `RpcError` for an item that cannot be sent."""
        request, peer = self._request, self._peer
        write = request.method.item
        if write is None or request.cancelled:
            return
        try:
            if peer.writer.is_raw:
                text = peer.writer.item(request.id, written(write, item))
            else:
                text = dump(write(item, ""))
        except InvalidValueError as fault:
            why = "it does not fit the contract: item"
            unsent = _NOT_SENT.format(request.name, why)
            raise misfit("INVALID_ITEM", unsent, fault) from fault
        limit = peer.max_message_bytes
        if isinstance(text, str):
            size = size_of(text)
            whole = len(self._head) + size + len(ITEMS_TAIL)
        else:
            size = whole = len(text)
        if whole > limit:
            why = f"its message is over {limit} bytes"
            unsent = _NOT_SENT.format(request.name, why)
            raise RpcError("MESSAGE_TOO_LARGE", unsent)
        with peer.lock:
            # Before it can be read, for credit may come at once.
            self._window.sent(size)
        before = self._message
        if isinstance(text, RawMessage):
            self.close_message()
            peer.outbox.put(text)
            return
        if before is None or not before.add(text, size, limit):
            message = self._message = ItemsMessage(self._head, text, size)
            if message.is_closed:
                peer.outbox.put(message.line())
            else:
                peer.outbox.put_items(message, 0 if before is None else len(before))

    def close_message(self) -> None:
        """Another message of the call follows: later items come behind it."""
        if self._message is not None:
            self._message.close()

    def _put_step(self) -> None:
        self._peer.queue.put([self._step])

    def _step(self) -> None:
        """Yields items until the window is full; lets others work in between."""
        generator, request = self._generator, self._request
        if generator is None:
            return
        try:
            while not request.cancelled:
                if not self.may_send():
                    self._peer.outbox.flush()
                    return
                refused, self._refused = self._refused, None
                item = next(generator) if refused is None else generator.throw(refused)
                try:
                    self.send(item)
                except RpcError as failure:
                    self._refused = failure
                if self._peer.queue.has_more:
                    self._put_step()
                    return
        except StopIteration as end:
            request.succeed(end.value)
            return
        except SystemExit as failure:
            request.interrupt(failure)
            return
        except AnyRaised as failure:
            request.fail(failure)
            return
        # However it ends when it is closed, the answer is that it was cancelled.
        with suppress(BaseException):
            try:
                generator.close()
            except SystemExit as failure:
                request.interrupt(failure)
        request.succeed(None)
