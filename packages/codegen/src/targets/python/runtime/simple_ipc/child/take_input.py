"""Reads what the host writes."""

from __future__ import annotations

import os
import select
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..peer.peer import Peer
    from ..wire.unread_input import UnreadInput

_CHUNK: Final = 256 * 1024


def take_input(unread: UnreadInput, peer: Peer) -> bool:
    """Reads once; returns whether there was anything."""
    while True:
        try:
            wanted = peer.parser.wanted()
            if wanted is None:
                chunk = os.read(unread.source, _CHUNK)
                unread.is_taking = True
                peer.receive(chunk)
                return bool(chunk)
            with wanted:
                size = unread.read_into(wanted)
            peer.parser.filled(size)
            return bool(size)
        except BlockingIOError:
            select.select([unread.source], [], [])
