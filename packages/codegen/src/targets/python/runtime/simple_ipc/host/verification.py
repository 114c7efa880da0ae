"""Checks that a child has the contract of its host, before anything is sent."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, Protocol

from ..durations import seconds_of
from ..errors import RpcError, RpcTimeoutError
from ..report import report
from ..values.maps import anything
from ..wire.messages import PROTOCOL, members_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..calls.call import Call
    from ..contract.contract import Contract
    from ..process.exit_report import ExitReport
    from ..process.program import Program
    from .caller import HostCaller
    from .options import Options

# How long to wait for the answer before reporting that it is missing.
_PATIENCE: Final = 5.0


class VerifiedSession(Protocol):
    """The session whose child is verified."""

    @property
    def has_answered(self) -> bool:
        """Whether any answer came from the child."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether it was given up or stopped."""
        ...

    @property
    def program(self) -> Program: ...
    def exit_report(self) -> ExitReport:
        """How the program is doing."""
        ...

    def verified(self) -> None:
        """The child has our contract, or cannot say."""

    def give_up(self, now: Callable[[str], RpcError]) -> None:
        """Fails all calls, and ends the program."""


class Verification:
    """Asks for the child's contract; calls are held until it has answered."""

    def __init__(
        self,
        contract: Contract,
        caller: HostCaller,
        session: VerifiedSession,
        options: Options,
        *,
        has_timeout: bool,
    ) -> None:
        self._contract = contract
        self._caller = caller
        self._session = session
        self._options = options
        self._timer_name = f"simple-ipc-timer-{session.program.pid}"
        self._has_timeout = has_timeout
        self._timers: list[threading.Timer] = []

    def begin(self) -> None:
        options = self._options
        start_timeout = seconds_of("start_timeout", options.start_timeout)
        if start_timeout is not None and self._has_timeout:
            self._after(start_timeout, self._started_late)
        if options.verify and self._contract.foreign is None:
            self._after(_PATIENCE, self._report_waiting)
            offer = None
            if options.framing == "lines":
                offer = {"bytes": "raw", "mark": self._caller.writer.mark}
            self._caller.ask("rpc.contract", self._on_contract, offer)
        else:
            self._session.verified()

    def cancel(self) -> None:
        """Stops the timers."""
        for timer in self._timers:
            timer.cancel()

    def _after(self, seconds: float, action: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, action)
        timer.name = self._timer_name
        timer.daemon = True
        self._timers.append(timer)
        timer.start()

    def _started_late(self) -> None:
        if not self._session.has_answered:
            seconds = self._options.start_timeout
            now = self._session.exit_report()
            message = f"No answer came within the start_timeout of {seconds} s"
            self._session.give_up(
                lambda _: RpcTimeoutError("START_TIMEOUT", f"{message}\n{now}")
            )

    def _report_waiting(self) -> None:
        if not self._session.has_answered and not self._session.is_over:
            report(
                f"simple-ipc: still waiting for the child of '{self._contract.name}' "
                "to say which contract it has (rpc.contract). Pass verify=False for a "
                "program that does not answer unknown requests."
            )

    def _on_contract(self, call: Call) -> None:
        self.cancel()
        try:
            about = members_of(call.outcome(anything))
        except RpcError:
            # This child cannot say.
            self._session.verified()
            return
        protocol, digest = about.get("protocol", PROTOCOL), about.get("hash")
        if protocol != PROTOCOL:
            from ..contract.contract_mismatch import protocol_mismatch

            self._session.give_up(lambda _: protocol_mismatch(protocol))
            return
        if not isinstance(digest, str) or digest == self._contract.digest:
            self._session.verified()
        else:
            self._caller.ask("rpc.discover", self._on_discover)

    def _on_discover(self, call: Call) -> None:
        from ..contract.contract_mismatch import contract_mismatch

        try:
            document = call.outcome(anything)
        except RpcError:
            self._session.verified()
            return
        error = contract_mismatch(self._contract, document)
        if error is None:
            self._session.verified()
        else:
            self._session.give_up(
                lambda _: RpcError(
                    error.code,
                    error.message,
                    error.data,
                    short_message=error.short_message,
                )
            )
