"""What the parts of a peer need of each other, of the way out and of the queue in which
handlers run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import (
        AsyncGenerator,
        Awaitable,
        Callable,
        Iterable,
        Mapping,
    )
    from contextlib import AbstractContextManager

    from ..calls.call import Call
    from ..contract.contract import Method
    from ..wire.items_message import ItemsMessage
    from ..wire.message_writer import MessageWriter
    from ..wire.messages import MessageId
    from ..wire.raw_message import Line


class Outbox(Protocol):
    """Where messages leave: a child's stdout, or the stdin of a host's child."""

    @property
    def is_full(self) -> bool:
        """Whether messages that can wait should wait."""
        ...

    @property
    def size(self) -> int:
        """How many bytes wait to be written."""
        ...

    def put(self, line: Line) -> None:
        """Takes a message of a handler, which may have to wait."""

    def put_items(self, message: ItemsMessage, closed: int) -> None:
        """Takes a message that others may join until it is written, soon; `closed` is
        the size of the one before it, which takes no more.
        """

    def put_now(self, line: Line) -> None:
        """Takes a message of the reading thread, which never waits."""

    def flush(self, *, wait: bool = False) -> None:
        """Writes the messages that were put."""


class Queue(Protocol):
    """Where handlers run, in the order in which they are put."""

    @property
    def has_more(self) -> bool:
        """Whether another task waits."""
        ...

    @property
    def is_working(self) -> bool:
        """Whether the calling thread runs a task."""
        ...

    def put(self, tasks: Iterable[Callable[[], None]]) -> None:
        """Puts tasks behind all others."""

    def released(self) -> AbstractContextManager[None]:
        """Lets others work while this thread waits."""
        ...


class CallOwner(Protocol):
    """A request whose handler makes calls, which end with it."""

    @property
    def id(self) -> MessageId | None: ...
    @property
    def meta(self) -> Mapping[str, str]:
        """What its calls pass on."""
        ...

    def adopt(self, call: Call) -> None:
        """Takes over a call that is being made; the peer's lock is held.

        Raises `CancelledError` if the request was cancelled.
        """


class HandledRequest(Protocol):
    """A request, as the context of its handler sees it."""

    @property
    def meta(self) -> Mapping[str, str]: ...
    @property
    def for_call(self) -> MessageId | None: ...

    @property
    def cancelled(self) -> bool:
        """Whether the caller no longer wants the answer."""
        ...

    def wait(self, seconds: float | None) -> bool:
        """Waits for the request to be cancelled; returns whether it was."""
        ...

    def send_progress(self, value: object) -> None:
        """Reports how far the call is."""

    def client(self) -> object:
        """The generated client through which the handler calls the other side."""
        ...


class FailedRequest(Protocol):
    """A request, as what makes its error sees it."""

    @property
    def id(self) -> MessageId: ...
    @property
    def name(self) -> str: ...
    @property
    def method(self) -> Method: ...


class AnsweredRequest(FailedRequest, Protocol):
    """A request, as the coroutine or generator that answers it sees it."""

    @property
    def cancelled(self) -> bool: ...

    def succeed(self, result: object) -> None:
        """Answers with a result."""

    def fail(self, failure: BaseException, *, is_told: bool = True) -> None:
        """Answers with an error; people are told of it, where `is_told`."""

    def interrupt(self, failure: BaseException) -> None:
        """Called when the handler wants to end the program."""

    def on_cancel(self, cancel: Callable[[], object]) -> None:
        """Calls `cancel` when the request is cancelled, at once if it was."""


class ItemSender(Protocol):
    """Sends the items of a stream as its window allows."""

    @property
    def is_cancelled(self) -> bool:
        """Whether the items are no longer wanted."""
        ...

    def on_wake(self, wake: Callable[[], object]) -> None:
        """Sets the callback for when an item may be sent again."""

    def may_send(self) -> bool:
        """Whether an item may be sent now."""
        ...

    def send(self, item: object) -> None:
        """Sends an item. Raises `RpcError` for one that cannot be sent."""


class CoroutineRunner(Protocol):
    """Runs handlers that are coroutines or asynchronous generators."""

    def run(self, request: AnsweredRequest, work: Awaitable[object]) -> None:
        """Answers a request with the outcome of the coroutine."""

    async def produce(
        self, sender: ItemSender, items: AsyncGenerator[object, None]
    ) -> object:
        """Sends the items of an asynchronous generator; returns the result."""
        ...


class FailureReporter(Protocol):
    """Tells whoever listens, or else people, of what goes wrong at this end."""

    def failed(self, what: str, failure: BaseException) -> None:
        """A handler or callback raised something."""

    def misfit(self, message: str, value: object, *, is_answered: bool = False) -> None:
        """The other side sent what it may not: a sentence, and what it was; it was told
        so itself where `is_answered`.
        """


class RequestTable(Protocol):
    """The requests that are not answered yet, as each of them sees it."""

    def started(self, request: SizedRequest) -> None:
        """Notes that a request waits no more; the peer's lock is held."""

    def leave(self, request: SizedRequest) -> None:
        """Frees the id of a request: its answer is ready."""


class SizedRequest(Protocol):
    """A request, as the table of requests sees it."""

    @property
    def id(self) -> MessageId: ...
    @property
    def size(self) -> int: ...


class AnsweringPeer(Protocol):
    """A peer, as the requests that it answers see it."""

    @property
    def lock(self) -> threading.Lock: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def queue(self) -> Queue: ...
    @property
    def running(self) -> RequestTable: ...
    @property
    def reporter(self) -> FailureReporter: ...
    @property
    def writer(self) -> MessageWriter: ...
    @property
    def max_message_bytes(self) -> int: ...
    @property
    def answers_cancelled(self) -> bool: ...
    @property
    def debug(self) -> bool: ...
    @property
    def input_ended(self) -> bool: ...

    def client_for(self, owner: CallOwner) -> object:
        """The generated client, for the calls of a request."""
        ...

    def event_loop(self) -> CoroutineRunner:
        """The event loop that runs coroutines."""
        ...

    def interrupted(self, request: AnsweredRequest, failure: BaseException) -> None:
        """Called when a handler wants to end the program."""

    def answered(self) -> None:
        """Notes that an answer is on its way."""
