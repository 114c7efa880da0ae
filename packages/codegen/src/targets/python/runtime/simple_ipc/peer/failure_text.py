"""A failure in words: one line for the other side, the whole traceback for people.

Nothing here raises, whatever was raised elsewhere: an error's own text may fail, too.
"""

from __future__ import annotations

from typing import Final

from ..raised import AnyRaised
from ..report import report

_RUNTIME: Final = __name__.rpartition(".peer.")[0] + "."


def failure_line(failure: BaseException) -> str:
    """The failure as the last line of a traceback has it: its class and its text."""
    try:
        name = _class_name(type(failure))
    except AnyRaised:
        name = "BaseException"
    try:
        text = str(failure)
    except AnyRaised:
        # In Python's own words.
        text = "<exception str() failed>"
    return f"{name}: {text}" if text else name


def _class_name(kind: type[BaseException]) -> str:
    module, name = kind.__module__, kind.__qualname__
    return name if module in {"__main__", "builtins"} else f"{module}.{name}"


def traceback_text(failure: BaseException) -> str:
    """The traceback, with causes, contexts and groups; it begins in the handler."""
    # Most programs never need it.
    from traceback import format_exception

    try:
        trace = failure.__traceback__
        while trace is not None and _is_runtime(trace.tb_frame.f_globals):
            trace = trace.tb_next
        trace = trace or failure.__traceback__
        return "".join(format_exception(type(failure), failure, trace)).rstrip("\n")
    except AnyRaised:
        return failure_line(failure)


def _is_runtime(variables: dict[str, object]) -> bool:
    return str(variables.get("__name__")).startswith(_RUNTIME)


def report_failure(what: str, failure: BaseException) -> None:
    """Tells people of something that failed, once, with the traceback."""
    report(f"simple-ipc: {what} failed:\n{traceback_text(failure)}")
