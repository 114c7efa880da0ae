"""Handlers of a host that its child calls nothing of are written like any others."""

from __future__ import annotations

from generated import empty_host as h


class Handlers(h.HostHandlers[h.ChildClient]):
    """What threads run."""


class Coroutines(h.HostHandlers[h.AsyncChildClient]):
    """What an event loop runs."""


def start(command: list[str]) -> h.ChildClient:
    """Start a child with handlers."""
    return h.spawn(command, Handlers())


def start_async(command: list[str]) -> h.AsyncChildClient:
    """Start a child for an event loop, with handlers and without."""
    return h.spawn_async(command, Coroutines() if command else None)
