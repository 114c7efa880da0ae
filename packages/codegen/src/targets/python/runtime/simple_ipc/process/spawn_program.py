"""Starts a process with pipes to and from it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from ..errors import RpcError
from .spawned_process import SpawnedProcess

if TYPE_CHECKING:
    from .command import SpawnRequest
    from .drain_stderr import Stderr


class StartError(RpcError, OSError):
    """A program could not be started; the system's own error is the cause."""

    def __init__(self, message: str, cause: OSError) -> None:
        code = errno.errorcode.get(cause.errno or 0)
        reason = "" if code is None else f" ({code})"
        super().__init__(
            "START_FAILED",
            message,
            short_message=f"The program cannot be started{reason}",
        )
        self.errno = cause.errno
        self.strerror = cause.strerror
        self.filename = cause.filename

    def _extra(self) -> dict[str, object]:
        return {
            "errno": self.errno,
            "strerror": self.strerror,
            "filename": self.filename,
        }


def spawn_program(
    request: SpawnRequest, stderr: Stderr
) -> tuple[int, int, int, SpawnedProcess]:
    """Our ends of stdout, stdin and stderr (-1 if it is not ours to read), and the
    process.
    """
    ends: list[int] = []
    ours: tuple[int, ...] = ()
    try:
        for _ in range(2 if stderr in {"inherit", "ignore"} else 3):
            # Python opens pipes close-on-exec, so that no other program holds them.
            ends.extend(os.pipe())
        source, their_output, their_input, sink, *errors = ends
        if errors:
            their_errors: int | None = errors[1]
        else:
            their_errors = subprocess.DEVNULL if stderr == "ignore" else None
        process = SpawnedProcess(
            request.command,
            cwd=request.cwd,
            env=request.env,
            stdin=their_input,
            stdout=their_output,
            stderr=their_errors,
            # Ctrl-C in our terminal does not reach it, and its number is that of its
            # group. Windows has neither.
            start_new_session=sys.platform != "win32",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        ours = (source, sink, *errors[:1])
    except OSError as cause:
        from .start_error import start_error

        raise StartError(start_error(cause, request), cause) from cause
    finally:
        for number in ends:
            if number not in ours:
                os.close(number)
    return source, sink, errors[0] if errors else -1, process
