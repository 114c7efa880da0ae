"""How a program ended, for programs and for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import RpcError
from ..printable import command_text, printable

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """How a program ended: exactly one of the two is set."""

    code: int | None = None
    signal: str | None = None
    """The signal's name, such as `SIGKILL`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitReport:
    """What is known about a program that ended, or still runs: code and signal are None
    then.
    """

    command: tuple[str, ...]
    code: int | None
    signal: str | None
    uptime: float
    """Seconds from its start to its exit, or till now."""
    stderr: tuple[str, ...]
    """The last lines of stderr, if it was kept."""
    lines: tuple[str, ...]
    """The last lines of stdout that were not messages."""
    in_flight: tuple[str, ...] = ()
    """The methods that were not answered, one for each call."""
    hint: str | None = None
    """A likely reason, where one is known."""

    def describe(self) -> str:
        """One sentence."""
        name = command_text(self.command)
        if self.signal is not None:
            return f"{name} was ended by {self.signal} after {_duration(self.uptime)}"
        if self.code is not None:
            after = _duration(self.uptime)
            return f"{name} exited with code {self.code} after {after}"
        return f"{name} has been running for {_duration(self.uptime)}"

    def describe_shortly(self) -> str:
        """The same for people who need not know the command."""
        if self.signal is not None:
            return f"the program was ended by {self.signal}"
        if self.code is not None:
            return f"the program exited with code {self.code}"
        return "the program is still running"

    def __str__(self) -> str:
        """Everything, in several lines, safe to print."""
        text = [self.describe()]
        if self.stderr:
            text += ["last lines of stderr:", *map(_indented, self.stderr)]
        if self.lines:
            text += ["last lines of stdout:", *map(_indented, self.lines)]
        if self.hint is not None:
            text.append(f"hint: {self.hint}")
        if self.in_flight:
            text.append(f"in flight: {_counted(self.in_flight)}")
        return "\n".join(text)


class WorkerExitedError(RpcError):
    """The program ended, or closed its stdout, before it answered."""

    def __init__(
        self, message: str, report: ExitReport, *, short_message: str | None = None
    ) -> None:
        # The first line of the message has the command.
        short = short_message or f"No answer: {report.describe_shortly()}"
        super().__init__("WORKER_EXITED", message, report, short_message=short)
        self.report = report


def _indented(line: str) -> str:
    # A tab stands before each place of a Go program's stack: as \x09 it would be taken
    # for part of the path.
    return f"  | {printable(line.replace(chr(9), '    '))}"


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _counted(names: Iterable[str]) -> str:
    """`a, b, a` → `a (2), b`."""
    return ", ".join(
        name if count == 1 else f"{name} ({count})"
        for name, count in Counter(names).items()
    )


def exit_hint(code: int | None, signal: str | None) -> str | None:
    """A likely reason for the way in which a program ended."""
    if signal == "SIGKILL":
        return (
            "killed from outside: often the system ran out of memory (see dmesg), "
            "or a limit of its container"
        )
    if signal == "SIGPIPE":
        return "it wrote to a pipe that nobody reads"
    if signal in {"SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL"}:
        return "it crashed: a bug in it or in a native library that it loads"
    if code == 127:
        return "a shell says 127 when a command was not found"
    return None
