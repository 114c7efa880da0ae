"""A program and the conversation with it, from start to end."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from ..calls.calls import MAX_QUEUED_BYTES
from ..errors import RpcError
from ..peer.channel import Queue
from ..peer.link import Link
from ..process.command import parse_command
from ..process.exit_report import WorkerExitedError
from ..process.program import Program
from ..process.start_error import Attempt
from ..report import report
from ..values.maps import anything
from ..wire import messages as wire
from ..wire.messages import members_of
from .peer import HostPeer

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping

    from ..calls.calls import Call
    from ..contract.contract import Contract, Method, Notification
    from ..process.command import Command
    from ..process.drain_stderr import Stderr
    from ..process.exit_report import ExitReport

    Refusal = Callable[[str], RpcError]

# How long a program may live after its stdout ended before its calls are given up.
_OUTPUT_GRACE: Final = 1.0
# How long nothing is said about an answer that does not come.
_PATIENCE: Final = 5.0
# How long a stop waits for handlers that were told to end.
_HANDLERS_GRACE: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a program is started, and what may be said about the connection to it."""

    cwd: str | os.PathLike[str] | None = None
    """The folder in which the program runs; our own by default."""
    env: Mapping[str, str] | None = None
    """Exactly its environment; our own by default."""
    stderr: Stderr = "tee"
    """Where its stderr goes: `tee` (to ours, its end is kept for the exit report),
    `inherit`, `ignore`, or a function that gets each line.
    """
    on_line: Callable[[str], object] | None = None
    """Gets each line of stdout that is no message, where handlers run."""
    verify: bool = True
    """Ask the program for its contract before the first call. False is for programs
    that ignore unknown requests.
    """
    start_timeout: float | None = None
    """Seconds until the first answer; for ever by default."""
    threads: int = 1
    """How many handlers of a blocking client run side by side."""
    input_grace: float = 2.0
    """Seconds from the end of the program's input to SIGTERM when it is stopped."""
    term_grace: float = 2.0
    """Seconds from SIGTERM to SIGKILL."""
    keep_leftovers: bool = False
    """Let processes live that the program leaves in its group when it has ended."""
    max_message_bytes: int = wire.MAX_MESSAGE_BYTES
    """The largest message."""
    max_queued_bytes: int = MAX_QUEUED_BYTES
    """How much of a stream may wait unread before it is cut off, and how much of what
    the program tells may wait for handlers before the program has to wait.
    """
    debug: bool = False
    """Print the traceback of a handler that fails."""


class HostQueue(Queue, Protocol):
    """What a session needs of whoever runs its handlers."""

    def end(self) -> None:
        """No more tasks will come."""

    def join(self, seconds: float) -> None:
        """Waits until those that came are done."""


class Session:
    """Joins a program with the peer that speaks for us.

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
    ) -> None:
        self._contract = contract
        self._options = options
        self._queue = queue
        self._reason: Refusal | None = None
        self._timers: list[threading.Timer] = []
        cwd = None if options.cwd is None else os.fspath(options.cwd)
        env = os.environ if options.env is None else options.env
        attempt = Attempt(parse_command(command), cwd, dict(env))
        self.program = Program(
            attempt,
            self,
            stderr=options.stderr,
            keep_leftovers=options.keep_leftovers,
            later=later,
        )
        self.peer = HostPeer(
            contract,
            methods,
            notifications,
            lambda link: client(link, self),
            output=self.program.input,
            turns=queue,
            debug=options.debug,
            max_message_bytes=options.max_message_bytes,
            max_queued_bytes=options.max_queued_bytes,
            on_line=options.on_line,
            running=running,
        )
        self.program.begin()
        self._greet()

    def link(self) -> Link:
        """The way to the program, for calls that no handler makes."""
        return Link(self.peer)

    def exit_report(self) -> ExitReport:
        """How the program ended, or how it is doing."""
        return self.program.report(self.peer.last_lines.all(), self.peer.in_flight())

    # ---- the end, for a reason of ours -----------------------------------------------

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
        if self._reason is None:
            self.peer.refuse_calls(_not_sent)
            if drain > 0:
                self.peer.wait_for_calls(drain)
        self._shut_down(_not_answered, _not_sent)
        options = self._options
        self.program.stop(
            options.input_grace if input_grace is None else input_grace,
            options.term_grace if term_grace is None else term_grace,
        )
        self.program.wait_for_end()
        self._queue.join(_HANDLERS_GRACE)
        self.peer.join(_HANDLERS_GRACE)

    def _end(self, now: Refusal, later: Refusal | None = None) -> None:
        """Gives the session up, and does not wait for the program to end."""
        self._shut_down(now, later or now)
        options = self._options
        threading.Thread(
            target=self._stop_program,
            args=(options.input_grace, options.term_grace),
            name=f"simple-ipc-stop-{self.program.pid}",
            daemon=True,
        ).start()

    def _stop_program(self, input_grace: float, term_grace: float) -> None:
        try:
            self.program.stop(input_grace, term_grace)
        except RpcError as failure:
            report(f"simple-ipc: {failure}")

    def _shut_down(self, now: Refusal, later: Refusal) -> None:
        if self._reason is None:
            self._reason = later
            self.peer.shut_down(now, later)

    # ---- the start -------------------------------------------------------------------

    def _greet(self) -> None:
        """Asks for the program's contract; calls are held until it has answered."""
        options = self._options
        if options.start_timeout is not None:
            self._after(options.start_timeout, self._started_late)
        if options.verify:
            self._after(_PATIENCE, self._say_what_we_wait_for)
            self.peer.ask("rpc.contract", self._on_contract)
        else:
            self.peer.open()

    def _after(self, seconds: float, action: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, action)
        timer.name = f"simple-ipc-timer-{self.program.pid}"
        timer.daemon = True
        self._timers.append(timer)
        timer.start()

    def _cancel_timers(self) -> None:
        for timer in self._timers:
            timer.cancel()

    def _started_late(self) -> None:
        if not self.peer.has_answered:
            seconds = self._options.start_timeout
            now = self.exit_report()
            message = f"No answer came within the start_timeout of {seconds} s"
            self._end(lambda _: RpcError("START_TIMEOUT", f"{message}\n{now}"))

    def _say_what_we_wait_for(self) -> None:
        if not self.peer.has_answered and self._reason is None:
            report(
                f"simple-ipc: still waiting for the child of ‘{self._contract.name}’ "
                "to say which contract it has (rpc.contract). Pass verify=False for a "
                "program that does not answer unknown requests."
            )

    def _on_contract(self, call: Call) -> None:
        self._cancel_timers()
        try:
            digest = members_of(call.outcome(anything)).get("hash")
        except RpcError:
            # This child does not know.
            self.peer.open()
            return
        if not isinstance(digest, str) or digest == self._contract.digest:
            self.peer.open()
        else:
            self.peer.ask("rpc.discover", self._on_discover)

    def _on_discover(self, call: Call) -> None:
        from ..contract.compare_contracts import contract_mismatch

        try:
            document = call.outcome(anything)
        except RpcError:
            self.peer.open()
            return
        error = contract_mismatch(self._contract, document)
        if error is None:
            self.peer.open()
        else:
            self._end(lambda _: RpcError(error.code, error.message, error.data))

    # ---- what the program tells ------------------------------------------------------

    def received(self, chunk: bytes) -> None:
        try:
            self.peer.receive(chunk)
        except Exception as failure:
            # Whatever one message brings about, the next ones are read.
            report(f"simple-ipc: a message could not be handled: {failure!r}")

    def output_ended(self) -> None:
        self.peer.end_of_input()
        if self.program.wait_for_exit(_OUTPUT_GRACE) is None:
            state = self.exit_report()
            why = f"it closed its stdout, and lives: {state}"
            self._end(
                lambda method: WorkerExitedError(
                    f"{method} was not answered: {why}", state
                ),
                lambda method: WorkerExitedError(
                    f"{method} was not sent: {why}", state
                ),
            )

    def ended(self) -> None:
        self._cancel_timers()
        if self._reason is None:
            state = self.exit_report()
            self._shut_down(
                lambda method: WorkerExitedError(
                    f"{method} was not answered: {state}", state
                ),
                lambda method: WorkerExitedError(
                    f"{method} was not sent: {state}", state
                ),
            )
        self.peer.close()
        self._queue.end()


def _not_answered(method: str) -> RpcError:
    return RpcError("STOPPED", f"{method} was not answered: the client was stopped")


def _not_sent(method: str) -> RpcError:
    return RpcError("STOPPED", f"{method} was not sent: the client is stopped")
