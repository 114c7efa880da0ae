"""Handlers of a host, none of which can end it."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, cast

from ..contract.contract import Notification
from ..raised import AnyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ..contract.contract import Method


def as_failure(failure: BaseException) -> RuntimeError:
    """The error of a handler that raised SystemExit."""
    try:
        what = repr(failure)
    except AnyError:
        what = type(failure).__name__
    return RuntimeError(f"the handler raised {what}")


def bounded(handler: Callable[..., object]) -> Callable[..., object]:
    """The handler, whose SystemExit is an error like any other."""

    def run(*params: object) -> object:
        try:
            return handler(*params)
        except SystemExit as failure:
            raise as_failure(failure) from failure

    return run


def bounded_method(method: Method) -> Method:
    """The method, whose handler is bounded."""
    answered = copy(method)
    answered.handler = bounded(method.handler)
    return answered


def bounded_notification(
    notification: Notification, start: Callable[[Awaitable[object]], None]
) -> Notification:
    """The notification, whose handler is bounded and may be a coroutine, which `start`
    runs.
    """

    def handle(*params: object) -> None:
        outcome = notification.handler(*params)
        if outcome is not None and hasattr(outcome, "__await__"):
            start(cast("Awaitable[object]", outcome))

    return Notification(
        bounded(handle), params=notification.params, positional=notification.positional
    )
