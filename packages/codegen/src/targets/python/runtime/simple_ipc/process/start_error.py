"""Why a program could not be started: what was looked for, and where."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..printable import command_text, printable

if TYPE_CHECKING:
    from .command import SpawnRequest


_NOT_FOUND: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES})


def start_error(cause: OSError, request: SpawnRequest) -> str:
    """The system's error, with what was looked for and where."""
    reason = _reason(cause, request) or str(cause)
    return f"Cannot start {command_text(request.command)}: {reason}"


def _reason(cause: OSError, request: SpawnRequest) -> str | None:
    number = cause.errno or 0
    code = errno.errorcode.get(number, str(number))
    cwd = _folder_of(request)
    if number in _NOT_FOUND and not cwd.is_dir():
        fault = "is no directory" if cwd.exists() else "does not exist"
        return f"the working directory {printable(str(cwd))} {fault} ({code})"
    file = resolve_program(request)
    path = request.env.get("PATH", "(not set)")
    where = f"cwd {printable(str(cwd))}; PATH {printable(path, 2000)}"
    if number == errno.ENOENT:
        return _missing(file, request, where)
    if number == errno.EACCES:
        return _denied(file, request, where)
    if number == errno.ENOEXEC:
        name = printable(str(file or request.command[0]))
        return (
            f"{name} is no program for this system (ENOEXEC): wrong processor, "
            f"or a script without a #! line ({where})"
        )
    if number in {errno.EMFILE, errno.ENFILE}:
        return (
            f"too many open files ({code}): each running program takes a few "
            "descriptors; stop clients that are done, or raise ulimit -n"
        )
    if number in {errno.EAGAIN, errno.ENOMEM}:
        return (
            f"the system has no room for another process ({code}): "
            "stop clients that are done, or raise ulimit -u"
        )
    if number == errno.E2BIG:
        return (
            "the arguments and the environment are too long for this system "
            "(E2BIG): send the data in a call instead"
        )
    return None


def _missing(file: Path | None, request: SpawnRequest, where: str) -> str:
    if file is None:
        return f"no such program (ENOENT): {_sought(request)} ({where})"
    name = printable(str(file))
    interpreter = _interpreter_of(file)
    if interpreter:
        return (
            f"{name} exists, but its first line names the interpreter "
            f"{printable(interpreter)}, which does not (ENOENT; {where})"
        )
    return (
        f"{name} exists, but a program or library that it needs to start "
        f"does not (ENOENT; {where})"
    )


def _denied(file: Path | None, request: SpawnRequest, where: str) -> str:
    if file is None:
        return f"permission denied (EACCES): {_sought(request)} ({where})"
    name = printable(str(file))
    if file.is_dir():
        return f"{name} is a directory (EACCES; {where})"
    return (
        f"{name} is not executable, or a folder on the way to it is closed "
        f"(EACCES): chmod +x makes it so ({where})"
    )


def resolve_program(request: SpawnRequest) -> Path | None:
    """Where the system looks for the program: the first file that exists, executable
    ones first.
    """
    name = request.command[0]
    cwd = _folder_of(request)
    if _has_folder(name):
        file = cwd / name
        return file if _exists(file) else None
    folders = request.env.get("PATH", "").split(os.pathsep)
    found = [file for folder in folders if _exists(file := cwd / folder / name)]
    runs = (file for file in found if file.is_file() and os.access(file, os.X_OK))
    return next(runs, found[0] if found else None)


def _sought(request: SpawnRequest) -> str:
    name = request.command[0]
    if _has_folder(name):
        return f"looked for {printable(str(_folder_of(request) / name))}"
    return f"looked for {printable(name)} in each folder of PATH"


def _has_folder(name: str) -> bool:
    return os.sep in name or (os.altsep is not None and os.altsep in name)


def _folder_of(request: SpawnRequest) -> Path:
    """The working directory as an absolute path. Our own may have been removed under
    us.
    """
    try:
        here = Path.cwd()
    except OSError:
        here = Path(os.environ.get("PWD", os.sep))
    return here / (request.cwd or "")


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        return False


def _interpreter_of(file: Path) -> str:
    """The interpreter that the `#!` line of a script names, if it has one."""
    try:
        with file.open("rb") as opened:
            head = opened.read(256).split(b"\n", 1)[0]
    except OSError:
        return ""
    words = head[2:].split() if head.startswith(b"#!") else []
    return words[0].decode("utf-8", "replace") if words else ""
