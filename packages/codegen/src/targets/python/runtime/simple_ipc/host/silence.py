"""What a program that has answered nothing has written instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..values.json_text import UnreadableError, parse
from ..values.kinds import is_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..process.exit_report import ExitReport


def describe_silence(report: ExitReport) -> str:
    """A clause for the error of a call that is too late."""
    if report.hint is None:
        report = replace(report, hint=_hint(report.lines))
    return f"; it has answered nothing yet: {report}"


def _hint(lines: Iterable[str]) -> str | None:
    """Says what lines are that are almost messages."""
    for line in lines:
        text = line.strip()
        if text.lower().startswith("content-length:"):
            return (
                "it sends its messages after headers (Content-Length), as language "
                "servers do; this host speaks lines"
            )
        if "\x1b[" in text and "jsonrpc" in text:
            return (
                "its messages are wrapped in colour codes: turn them off, often with "
                "NO_COLOR=1 in env"
            )
        if text.startswith('"jsonrpc"'):
            return (
                "its messages are spread over several lines: each must be on a line of "
                "its own"
            )
        if _answers_without_version(text):
            return (
                'it answers without "jsonrpc":"2.0", which makes its answers '
                "plain lines"
            )
    return None


def _answers_without_version(text: str) -> bool:
    if not text.startswith("{"):
        return False
    try:
        message = parse(text)
    except UnreadableError:
        return False
    return (
        is_object(message)
        and "jsonrpc" not in message
        and "id" in message
        and ("result" in message or "error" in message)
    )
