"""The host's side: starts a child program and calls it, with or without asyncio.

A child in Python does not import this module.
"""

from __future__ import annotations

from typing import TypeVar

from ..calls.cancel_event import CancelEvent
from ..calls.stream import Stream, finish
from ..peer.async_stream import Answer, AsyncStream, finish_async
from ..process.command import Command
from ..process.exit_report import Exit, ExitReport, WorkerExitedError
from ..process.spawn_program import StartError
from .async_client import AsyncClient
from .client import Client
from .options import Options
from .spawn import spawn, spawn_async

__all__ = [
    "Answer",
    "AsyncClient",
    "AsyncStream",
    "CancelEvent",
    "Client",
    "Command",
    "Exit",
    "ExitReport",
    "Options",
    "PeerT",
    "StartError",
    "Stream",
    "WorkerExitedError",
    "finish",
    "finish_async",
    "spawn",
    "spawn_async",
]

PeerT = TypeVar("PeerT")
"""The client through which the handlers of a host call its child."""
