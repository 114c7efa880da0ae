"""The child's side: answers the program that started this one."""

from __future__ import annotations

import os
import select
import sys
import threading
import time
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Final, TypeVar, cast

from ..peer.caller import Caller
from ..peer.debug_mode import is_debugged
from ..peer.failure_text import report_failure
from ..peer.link import Link
from ..peer.peer import Peer, PlainLine
from ..peer.reporter import Reporter
from ..peer.task_queue import TaskQueue
from ..raised import AnyRaised
from ..wire import messages as wire
from ..wire.unread_input import UnreadInput
from .output import Output, write_all
from .take_input import take_input

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from ..contract.contract import Contract, Method, Notification
    from ..peer.async_call import AsyncLink
    from .lifespan import Lifespan

H = TypeVar("H")

_LOOK_EVERY: Final = 0.25
_GRACE: Final = 0.25
# How long a program that a handler ends waits for the host to read its last words.
_LAST_WORDS: Final = 2.0


def take_stdio() -> tuple[int, int]:
    """Takes stdin and stdout for the protocol alone.

    Anything else that is printed goes to stderr, anything else that reads gets nothing.

    Works on the descriptors themselves, so that native code and subprocesses are
    covered too.
    """
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:
        # No stderr: printed text is discarded.
        os.dup2(nothing, 1)
    os.close(nothing)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        # Text printed to a pipe appears at the end of each line, as on a terminal.
        reconfigure(line_buffering=True)
    return source, sink


def serve(
    contract: Contract,
    handlers: H | Lifespan[H],
    kind: type,
    methods: Callable[[H], Mapping[str, Method]],
    notifications: Callable[[H], Mapping[str, Notification]],
    client: Callable[[Link], object],
    async_client: Callable[[AsyncLink], object],
    *,
    threads: int = 1,
    debug: bool | None = None,
    max_message_bytes: int = wire.MAX_MESSAGE_BYTES,
    max_queued_bytes: int = wire.MAX_QUEUED_BYTES,
    on_line: PlainLine | None = None,
    on_error: Callable[[BaseException], object] | None = None,
    on_protocol_error: Callable[[str, object], object] | None = None,
    on_start: Callable[[Link], object] | None = None,
    meta: Callable[[], Mapping[str, str]] | None = None,
) -> None:
    """Answers until the host closes our input and everything is answered.

    Ends the program if the host is gone. `kind` is the class of handlers; what is none
    and can be called returns a context manager that yields them.
    """
    source, sink = take_stdio()
    child = _Child(sink, threads, max_queued_bytes)
    is_debug = is_debugged(debug)
    caller = Caller(
        child.output,
        child.queue,
        max_message_bytes,
        max_queued_bytes,
        ignores_timeouts=is_debug,
    )
    caller.meta = meta
    implemented: dict[str, Method] = {}
    heard: dict[str, Notification] = {}
    peer = Peer(
        contract,
        implemented,
        heard,
        client,
        caller,
        async_client=async_client,
        reporter=Reporter(on_error, on_protocol_error, shows_answered=False),
        debug=is_debug,
        on_line=on_line,
        on_idle=child.queue.end,
    )
    child.peer = peer
    with _context_of(handlers, kind, peer, child.queue) as served:
        # Nothing is read before.
        implemented.update(methods(served))
        heard.update(notifications(served))
        unread = caller.has_unread = UnreadInput(source)
        if on_start is not None:
            child.on_start = lambda: on_start(Link(caller))
        child.serve(unread)
    if child.host_is_gone:
        raise SystemExit(1)


def _context_of(
    handlers: H | Lifespan[H], kind: type, peer: Peer, queue: TaskQueue
) -> AbstractContextManager[H]:
    if isinstance(handlers, kind) or not callable(handlers):
        return nullcontext(cast("H", handlers))
    # Most programs have none.
    from .lifespan import lifespan_context

    context = lifespan_context(handlers, peer.event_loop, queue.fail)
    return cast("AbstractContextManager[H]", context)


class _Child:
    def __init__(self, sink: int, threads: int, max_queued_bytes: int) -> None:
        self.peer: Peer | None = None
        self.on_start: Callable[[], object] | None = None
        self.host_is_gone = False
        self._sink = sink
        self.output = Output(
            lambda data: write_all(sink, data),
            self._lost,
            lambda failure: self._fail("writing messages", failure),
            max_queued_bytes,
        )
        self.queue = TaskQueue(max(1, threads), self.output.flush, with_caller=True)
        # The thread that serves has no more to do, and leaves.
        self._is_leaving = threading.Event()

    def serve(self, unread: UnreadInput) -> None:
        """Returns when everything is answered and written."""
        threading.Thread(
            target=self.read, args=(unread,), name="simple-ipc-reader", daemon=True
        ).start()
        try:
            if self.on_start is not None:
                self.on_start()
            self.queue.run()
            self._is_leaving.set()
            self.output.finish()
        except BaseException:
            self._is_leaving.set()
            # It ends the program, whose last words are written.
            self.output.finish(_LAST_WORDS)
            self.output.seal()
            if self.peer is not None:
                self.peer.cancel_everything()
            raise

    def read(self, unread: UnreadInput) -> None:
        """The reading thread."""
        peer = self.peer
        if peer is None:
            return
        try:
            with suppress(OSError):
                while take_input(unread, peer):
                    unread.is_taking = False
                    # A host that does not read has to wait, too.
                    self.output.wait_for_reader()
            peer.end_of_input()
            self._watch(peer)
        except AnyRaised as failure:
            # Nothing would be answered any more: the host must see it end.
            self._fail("reading messages", failure)

    def _watch(self, peer: Peer) -> None:
        """Checks, while handlers still run, that our output has a reader."""
        while peer.is_busy and not self.output.closed:
            if not _has_reader(self._sink):
                self._lost()
                return
            time.sleep(_LOOK_EVERY)

    def _fail(self, what: str, failure: BaseException) -> None:
        """One of our threads cannot go on: the program ends, and says why."""
        try:
            report_failure(f"the program ends: {what}", failure)
            if self.peer is not None:
                self.peer.cancel_everything()
            self.output.finish(_GRACE)
        finally:
            os._exit(1)

    def _lost(self) -> None:
        """The host is gone: handlers are cancelled, and get a moment to end."""
        self.host_is_gone = True
        threading.Thread(
            target=self._give_up, name="simple-ipc-end", daemon=True
        ).start()

    def _give_up(self) -> None:
        if self.peer is not None:
            self.peer.cancel_everything()
        time.sleep(_GRACE)
        # What the program has opened is closed, unless a handler holds it up.
        self.queue.fail(SystemExit(1))
        if self._is_leaving.wait(_GRACE):
            time.sleep(_LAST_WORDS)
        os._exit(1)


def _has_reader(sink: int) -> bool:
    poll = getattr(select, "poll", None)
    if poll is None:
        return True
    watch = select.poll()
    watch.register(sink, 0)
    return not any(
        event & (select.POLLHUP | select.POLLERR) for _, event in watch.poll(0)
    )
