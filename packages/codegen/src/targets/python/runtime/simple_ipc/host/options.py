"""Options of a host's child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..durations import seconds_of
from ..wire.messages import MAX_MESSAGE_BYTES, MAX_QUEUED_BYTES

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from ..process.drain_stderr import Stderr


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of a program and of the connection to it."""

    cwd: str | os.PathLike[str] | None = None
    """The folder in which the program runs; our own by default."""
    env: Mapping[str, str] | None = None
    """Exactly its environment; our own by default."""
    stderr: Stderr = "tee"
    """Where its stderr goes: `tee` (to ours, its end is kept for the exit report),
    `inherit`, `ignore`, or a function that gets each line.
    """
    framing: Literal["lines", "headers"] = "lines"
    """How messages are told apart: each on a line of its own, or preceded by a
    `Content-Length`, as language servers have them.
    """
    on_line: Callable[[str], object] | None = None
    """Called with each line of stdout that is not a message, where handlers run."""
    on_error: Callable[[BaseException], object] | None = None
    """Called, where handlers run, with what handlers and callbacks of ours raise; by
    default it is written to stderr.
    """
    on_protocol_error: Callable[[str, object], object] | None = None
    """Called, where handlers run, with each message of the program that breaks the
    contract or the protocol: a sentence, and the value that does not fit; by default
    both are written to stderr.
    """
    verify: bool = True
    """Ask the program for its contract before the first call. False is for programs
    that ignore unknown requests; those of a contract that is `foreign` are never asked.
    """
    start_timeout: float | None = None
    """Seconds until the first answer must arrive; no limit by default."""
    threads: int = 1
    """How many handlers of a blocking client run side by side."""
    input_grace: float = 2.0
    """Seconds from the end of the program's input to SIGTERM when it is stopped."""
    term_grace: float = 2.0
    """Seconds from SIGTERM to SIGKILL."""
    keep_leftovers: bool = False
    """Let processes live that the program leaves in its group when it has ended."""
    max_message_bytes: int = MAX_MESSAGE_BYTES
    """The largest message."""
    max_queued_bytes: int = MAX_QUEUED_BYTES
    """How much of a stream may wait unread before it is cut off, how much of what the
    program sends may wait for handlers before the program has to wait, and how much may
    wait for a program that does not read: further calls and notifications fail with
    `QUEUE_FULL`, and a program that still goes on asking is stopped.
    """
    meta: Callable[[], Mapping[str, str]] | None = None
    """Called for each call and notification: what it carries beside its params, for a
    tracer or a log, in addition to what the handler that makes it was given.
    """
    debug: bool | None = None
    """Put the traceback of a handler that fails into the error which the program gets,
    and let no timeout run out; by default whether the environment has
    `SIMPLE_IPC_DEBUG=1`.
    """

    def __post_init__(self) -> None:
        """Raises TypeError or ValueError for what is not a duration."""
        for name in ("start_timeout", "input_grace", "term_grace"):
            seconds_of(name, getattr(self, name))
        if self.framing not in ("lines", "headers"):
            raise ValueError(
                f"framing must be 'lines' or 'headers', not {self.framing!r}"
            )
