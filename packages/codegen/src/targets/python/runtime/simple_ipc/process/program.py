"""One run of a program: start, pipes, stop, exit."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from ..durations import seconds_of
from ..errors import RpcError
from ..raised import AnyRaised
from ..wire.unread_input import UnreadInput
from .child_input import ChildInput
from .drain_stderr import StderrDrain
from .exit_report import Exit, ExitReport, exit_hint
from .last_lines import LastLines
from .process_group import kill_leftovers, signal_group, wait_until_gone
from .read_pipe import read_pipe
from .spawn_program import spawn_program
from .watchdog import watchdog

if TYPE_CHECKING:
    from collections.abc import Callable

    from .command import SpawnRequest
    from .drain_stderr import Stderr
    from .program_events import ProgramEvents

# How long something else may hold the pipes open after the exit.
_PIPES_GRACE: Final = 1.0
# After SIGKILL only what waits for a broken disk, or is another user's, is still there.
_LAST_GRACE: Final = 5.0


class Program:
    """One run of a program, in a session of its own. It knows bytes, not lines.

    Raises `StartError` when it cannot be started.
    """

    def __init__(
        self,
        request: SpawnRequest,
        events: ProgramEvents,
        *,
        stderr: Stderr = "tee",
        keep_leftovers: bool = False,
        later: Callable[[Callable[[], None]], None] | None = None,
    ) -> None:
        self.command = request.command
        self.exit: Exit | None = None
        self.stopping = False
        self._is_copy = False
        self._events = events
        self._keep_leftovers = keep_leftovers
        self._stderr_lines = LastLines()
        self._exited = threading.Event()
        self._ended = threading.Event()
        watchdog.ready()
        source, sink, errors, self._process = spawn_program(request, stderr)
        self._started_at = time.monotonic()
        self._uptime: float | None = None
        self.pid = self._process.pid
        # Closing its other end makes the reading threads stop.
        self._over, self._over_writer = os.pipe()
        self._held = {source, sink, errors, self._over, self._over_writer} - {-1}
        watchdog.watch(self.pid, self._held, self._copied)
        self.input = ChildInput(sink, self._held.discard, later)
        self.has_unread = UnreadInput(source)
        self._readers = [self._thread("reader", self._read_stdout)]
        if errors != -1:
            drain = StderrDrain(stderr, self._stderr_lines, events.failed)
            self._readers.append(
                self._thread("stderr", lambda: self._read_stderr(errors, drain))
            )
        self._waiter = self._thread("waiter", self._wait)

    def begin(self) -> None:
        """Starts calling back."""
        for thread in (*self._readers, self._waiter):
            thread.start()

    def _copied(self) -> None:
        """In a copy of this process: its threads and pipes are those of the parent."""
        self._is_copy = True
        self._events.copied()

    @property
    def is_running(self) -> bool:
        """Whether it is running and was not told to stop."""
        return self.exit is None and not self.stopping

    def wait_for_exit(self, seconds: float | None = None) -> Exit | None:
        """How it ended; None if it is still running after that time."""
        limit = seconds_of("seconds", seconds)
        if not self._is_copy:
            self._exited.wait(limit)
        return self.exit

    def report(
        self, lines: tuple[str, ...] = (), in_flight: tuple[str, ...] = ()
    ) -> ExitReport:
        """How it ended, or how it is doing."""
        code = None if self.exit is None else self.exit.code
        name = None if self.exit is None else self.exit.signal
        uptime = self._uptime
        return ExitReport(
            command=self.command,
            code=code,
            signal=name,
            uptime=time.monotonic() - self._started_at if uptime is None else uptime,
            stderr=self._stderr_lines.all(),
            lines=lines,
            in_flight=in_flight,
            hint=None if self.stopping else exit_hint(code, name),
        )

    def stop(self, input_grace: float | None, term_grace: float | None) -> None:
        """Closes its input, then SIGTERM, then SIGKILL to its group, waiting after
        each. Returns when the program has exited. Several may run side by side; one
        with a shorter grace speeds it up. Without a grace it waits as long as it takes.
        """
        if self._exited.is_set() or self._is_copy:
            return
        self.stopping = True
        self.input.end()
        if input_grace != 0 and self._exited.wait(input_grace):
            return
        refused = self._signal(kill=False)
        if term_grace != 0 and self._exited.wait(term_grace):
            return
        refused = self._signal(kill=True) or refused
        if not self._exited.wait(_LAST_GRACE):
            why = (
                "it waits inside the system"
                if refused is None
                else f"which was refused ({refused}): it belongs to another user"
            )
            raise RpcError(
                "STOP_FAILED",
                f"Process {self.pid} is alive after SIGKILL: {why}",
                short_message="The program is still alive after SIGKILL",
            )

    def wait_for_end(self) -> None:
        """Returns when all output was handed on and our threads have ended."""
        own = (*self._readers, self._waiter)
        if not (self._is_copy or threading.current_thread() in own):
            self._ended.wait()
            self._waiter.join()

    def _signal(self, *, kill: bool) -> str | None:
        return None if self._exited.is_set() else signal_group(self.pid, kill=kill)

    # ---- threads ---------------------------------------------------------------------

    def _thread(self, name: str, run: Callable[[], None]) -> threading.Thread:
        return threading.Thread(None, run, f"simple-ipc-{name}-{self.pid}", daemon=True)

    def _read_stdout(self) -> None:
        try:
            events = self._events
            self._read(self.has_unread, events.received, events.wanted, events.filled)
        except AnyRaised as failure:
            self._events.reading_failed(failure)
        else:
            self._events.output_ended()

    def _read_stderr(self, source: int, drain: StderrDrain) -> None:
        self._read(UnreadInput(source), drain.push)
        drain.end()

    def _read(
        self,
        unread: UnreadInput,
        take: Callable[[bytes], None],
        *into: Callable[..., Any],
    ) -> None:
        try:
            read_pipe(unread, self._over, self._exited, take, *into)
        finally:
            unread.is_taking = False
            self._close(unread.source)

    def _wait(self) -> None:
        exit_, left_something = self._reap()
        self._uptime = time.monotonic() - self._started_at
        self.exit = exit_
        self._exited.set()
        self.input.close()
        end = time.monotonic() + _PIPES_GRACE
        for reader in self._readers:
            reader.join(max(0, end - time.monotonic()))
        self._close(self._over_writer)
        for reader in self._readers:
            reader.join(_PIPES_GRACE)
        # One that is still in a callback of the user will look at it.
        if not any(reader.is_alive() for reader in self._readers):
            self._close(self._over)
        if left_something:
            wait_until_gone(self.pid, 1)
        self._events.ended()
        self._ended.set()

    def _close(self, number: int) -> None:
        self._held.discard(number)
        os.close(number)

    def _reap(self) -> tuple[Exit, bool]:
        """Waits for the exit; kills what the program left in its group while its number
        is certainly its own.
        """
        left = False
        if sys.platform != "win32" and hasattr(os, "waitid"):
            with suppress(ChildProcessError):
                # As long as it is not fetched, the number cannot be reused.
                os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
                left = not self._keep_leftovers and kill_leftovers(self.pid)
            code = self._process.wait()
        else:
            code = self._process.wait()
            left = not self._keep_leftovers and kill_leftovers(self.pid)
        watchdog.forget(self.pid)
        return (Exit(code=code) if code >= 0 else Exit(signal=_name(-code))), left


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
