"""The client of a host, for threads."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ..calls.stream import finish
from ..values.maps import anything
from ..values.scalars import ignored

if TYPE_CHECKING:
    # For type checkers, which know it by themselves: typing has Self from 3.11 on.
    import typing_extensions

    from ..peer.link import Link
    from ..process.exit_report import ExitReport
    from ..process.program import Program
    from .session import Session


class Client:
    """A child program, for threads: each call waits for its answer.

    Any number of threads may call at once. Leaving a `with` block stops the program.
    """

    def __init__(self, link: Link, session: Session) -> None:
        self._link = link
        self._session = session

    @property
    def program(self) -> Program:
        """The process: its id, whether it is running, how it exited."""
        return self._session.program

    def exit_report(self) -> ExitReport:
        """How the program ended, or how it is doing."""
        return self._session.exit_report()

    def ping(self, timeout: float | None = None) -> float:
        """Seconds until the program answered: its protocol loop is alive, even if its
        handlers are busy.
        """
        begun = time.monotonic()
        call = self._session.link(is_held=False).start("rpc.ping", None, ignored)
        finish(call, ignored, timeout=timeout)
        return time.monotonic() - begun

    def discover(self) -> object:
        """The program's own contract, as an OpenRPC document."""
        link = self._session.link(is_held=False)
        return finish(link.start("rpc.discover", None, ignored), anything)

    def send_plain_line(self, text: str) -> None:
        """Sends a plain line, which is not a message."""
        self._link.send_line(text)

    def stop(
        self,
        *,
        drain: float = 0,
        input_grace: float | None = None,
        term_grace: float | None = None,
    ) -> None:
        """Ends the program: closes its input, then SIGTERM, then SIGKILL to its group.

        Every call settles; with `drain`, calls in flight get this many seconds to end
        first. Returns when no process of the group is alive.
        """
        self._session.stop(drain=drain, input_grace=input_grace, term_grace=term_grace)

    def __enter__(self) -> typing_extensions.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
