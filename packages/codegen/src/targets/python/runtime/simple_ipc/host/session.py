"""A program and the connection to it, from start to end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from ..durations import seconds_of
from ..errors import RpcError
from ..peer.debug_mode import is_debugged
from ..peer.failure_text import report_failure
from ..peer.link import Link
from ..peer.reporter import Reporter
from ..process.command import SpawnRequest, parse_command
from ..process.program import Program
from ..raised import AnyError
from .caller import HostCaller
from .input_watch import InputWatch
from .peer import HostPeer
from .refusals import STOPPED, exited, unreadable
from .silence import describe_silence
from .start import NOT_HELD, start_failure
from .stopping import end_flood, graces_of, stop_in_background
from .verification import Verification

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping

    from ..contract.contract import Contract, Method, Notification
    from ..process.command import Command
    from ..process.exit_report import ExitReport
    from .options import Options
    from .queues import HostQueue
    from .refusals import Refusal
    from .start import Start

# How long a program may live after its stdout ended before its calls are given up.
_OUTPUT_GRACE: Final = 1.0
# How long a stop waits for handlers that were cancelled.
_HANDLERS_GRACE: Final = 1.0


class Session:
    """Joins a program with our end of the connection.

    Raises `StartError` when the program cannot be started.
    """

    def __init__(
        self,
        contract: Contract,
        methods: Mapping[str, Method],
        notifications: Mapping[str, Notification],
        client: Callable[[Link, Session], object],
        command: Command,
        options: Options,
        queue: HostQueue,
        *,
        running: asyncio.AbstractEventLoop | None = None,
        later: Callable[[Callable[[], None]], None] | None = None,
        start: Callable[[Session], Start | None],
    ) -> None:
        self._options = options
        self._start = start(self)
        self._queue = queue
        self._reporter = Reporter(options.on_error, options.on_protocol_error)
        self._refusal: Refusal | None = None
        self._is_stopping = False
        cwd = None if options.cwd is None else os.fspath(options.cwd)
        env = os.environ if options.env is None else options.env
        request = SpawnRequest(parse_command(command), cwd, dict(env))
        self.program = Program(
            request,
            self,
            stderr=options.stderr,
            keep_leftovers=options.keep_leftovers,
            later=later,
        )
        self.program.input.limit(options.max_queued_bytes)
        self.program.input.has_headers = options.framing == "headers"
        self._watch = InputWatch(
            self.program, lambda: self.caller.is_busy, self._input_lost
        )
        self.program.input.on_lost = self._watch.begin
        debug = is_debugged(options.debug)
        self.caller = HostCaller(
            self.program.input,
            queue,
            options,
            ignores_timeouts=debug,
            on_call=self._watch.begin,
        )
        self.caller.silence = self._silence
        self.caller.has_unread = self.program.has_unread
        self._peer = HostPeer(
            contract,
            methods,
            notifications,
            lambda link: client(link, self),
            self.caller,
            self.program.input,
            reporter=self._reporter,
            debug=debug,
            max_queued_bytes=options.max_queued_bytes,
            on_flood=lambda size: end_flood(self, size, options.max_queued_bytes),
            on_line=options.on_line,
            running_loop=running,
        )
        self._verification = Verification(
            contract,
            self.caller,
            self,
            options,
            has_timeout=not debug,
        )
        self.program.begin()
        self._verification.begin()

    def link(self, *, is_held: bool = True) -> Link:
        """The way to the program, for calls that no handler makes; they wait until the
        program has started, where `is_held`, and else only until it is verified.
        """
        return Link(self.caller, None if is_held else NOT_HELD)

    def exit_report(self) -> ExitReport:
        """How the program ended, or how it is doing."""
        return self.program.report(self._peer.last_lines.all(), self.caller.in_flight())

    def _silence(self) -> str:
        return "" if self.has_answered else describe_silence(self.exit_report())

    @property
    def has_answered(self) -> bool:
        """Whether any answer came from the program."""
        return self._peer.has_answered

    @property
    def is_over(self) -> bool:
        return self._refusal is not None

    def verified(self) -> None:
        if self._start is None:
            self.caller.open()
        else:
            self.caller.begin_start()
            self._start.begin(self)

    def started(self) -> None:
        self.caller.open()

    def start_failed(self, failure: BaseException) -> None:
        if self._is_stopping and not self.is_over:
            # A stop that waits for the calls, which will not be sent.
            self._shut_down(*STOPPED)
        elif not self.is_over:
            if not self.caller.in_flight():
                # No call fails with it.
                self.failed("on_start", failure)
            self.give_up(lambda method: start_failure(method, failure))
        elif not isinstance(failure, RpcError):
            # An RpcError says that the session has ended, which is no fault of it.
            self.failed("on_start", failure)

    # ---- ending it -------------------------------------------------------------------

    def stop(
        self,
        *,
        drain: float = 0,
        input_grace: float | None = None,
        term_grace: float | None = None,
    ) -> None:
        """Ends the program. Every call settles. Returns when no process of its group is
        alive; any thread may call it, several times.
        """
        if self.caller.is_copy:
            # The program is the parent's.
            return
        seconds = seconds_of("drain", drain)
        graces = graces_of(self._options, input_grace, term_grace)
        if self._refusal is None:
            self._is_stopping = True
            self.caller.refuse_calls(STOPPED.later)
            if seconds != 0:
                self.caller.wait_for_calls(seconds)
        self._shut_down(*STOPPED)
        self.program.stop(*graces)
        self.program.wait_for_end()
        self._watch.join(_HANDLERS_GRACE)
        self._queue.join(_HANDLERS_GRACE)
        self._peer.join(_HANDLERS_GRACE)

    def give_up(self, now: Refusal, later: Refusal | None = None) -> None:
        """Gives the session up, and does not wait for the program to end."""
        self._shut_down(now, later or now)
        stop_in_background(self.program, graces_of(self._options, None, None))

    def _shut_down(self, now: Refusal, later: Refusal) -> None:
        if self._refusal is None:
            self._refusal = later
            self._peer.shut_down(now, later)

    def copied(self) -> None:
        self.caller.is_copy = True

    def failed(self, what: str, failure: BaseException) -> None:
        """A callback of ours raised something: it is told where handlers run."""
        self._queue.put([lambda: self._reporter.failed(what, failure)])

    def received(self, chunk: bytes) -> None:
        try:
            self._peer.receive(chunk)
        except MemoryError:
            # A message is lost, and with it what waits for it.
            raise
        except AnyError as failure:
            # Whatever one message causes, the next ones are read.
            report_failure("the handling of a message", failure)

    def wanted(self) -> memoryview | None:
        return self._peer.parser.wanted()

    def filled(self, size: int) -> None:
        self._peer.parser.filled(size)

    def reading_failed(self, failure: BaseException) -> None:
        report_failure("the reading of what the program writes", failure)
        self.give_up(*unreadable(failure))

    def _input_lost(self) -> None:
        if not self.is_over:
            why = "closed its stdin but is still running"
            self.give_up(*exited(self.exit_report(), why))

    def output_ended(self) -> None:
        self._peer.end_of_input()
        if self.program.wait_for_exit(_OUTPUT_GRACE) is None:
            why = "closed its stdout but is still running"
            self.give_up(*exited(self.exit_report(), why))

    def ended(self) -> None:
        self._verification.cancel()
        self._watch.end()
        if self._refusal is None:
            self._shut_down(*exited(self.exit_report()))
        if self._start is not None:
            self._start.cancel()
        self._peer.close()
        self._queue.end()
