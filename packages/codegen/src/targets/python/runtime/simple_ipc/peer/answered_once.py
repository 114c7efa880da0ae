"""The answer to a request of the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import errors
from ..raised import AnyError
from ..values.faults import InvalidValueError, issues, misfit
from ..values.raw_bytes import written
from ..wire import messages as wire

if TYPE_CHECKING:
    from ..contract.contract import Method
    from ..wire.messages import MessageId
    from ..wire.meta import Extras
    from ..wire.raw_message import Line
    from .interfaces import AnsweringPeer

QUEUED: Final = 0
RUNNING: Final = 1
ANSWERED: Final = 2


class AnsweredOnce:
    """A request of the other side, which gets one answer, whoever is first."""

    cancelled = False
    _state = QUEUED

    def __init__(
        self,
        peer: AnsweringPeer,
        call: MessageId,
        name: str,
        method: Method,
        params: object,
        size: int,
        extras: Extras,
    ) -> None:
        self.peer = peer
        self.id = call
        self.name = name
        self.method = method
        self.size = size
        self.meta, self.for_call = extras
        self._params = params

    def succeed(self, result: object) -> None:
        """Answers with a result, unless the call was cancelled."""
        if self.cancelled:
            self._answer(self._cancelled_answer())
            return
        try:
            writer, write = self.peer.writer, self.method.result
            # Nothing is raw where that was not agreed to.
            value = written(write, result) if writer.is_raw else write(result, "")
            answer = writer.result(self.id, value)
        except InvalidValueError as fault:
            why = f"The result does not fit the contract: result{fault.on_wire}"
            answer = wire.error(self.id, errors.INTERNAL_ERROR, why, issues(fault))
            told = f"The result of {self.name} does not fit the contract: result"
            unfit = misfit("INVALID_RESULT", told, fault)
            self.peer.reporter.failed(f"the handler of '{self.name}'", unfit)
        except AnyError as failure:
            self.fail(failure)
            return
        self._answer(answer)

    def fail(self, failure: BaseException, *, is_told: bool = True) -> None:
        """Answers with an error, unless the call was cancelled."""
        if self.cancelled:
            self._answer(self._cancelled_answer())
            return
        from .error_response import error_answer

        peer = self.peer
        self._answer(
            error_answer(
                self,
                failure,
                peer.reporter,
                debug=peer.debug,
                is_told=is_told,
                writer=peer.writer,
            )
        )

    def _cancelled_answer(self) -> bytes:
        return wire.error(self.id, errors.REQUEST_CANCELLED, "The call was cancelled")

    def _answer(self, line: Line, *, now: bool = False) -> None:
        peer = self.peer
        if len(line) > peer.max_message_bytes + 1:
            limit = peer.max_message_bytes
            why = f"The answer is larger than the limit of {limit} bytes"
            data = {"reason": "MESSAGE_TOO_LARGE"}
            line = wire.error(self.id, errors.INTERNAL_ERROR, why, data)
        with peer.lock:
            if self._state == ANSWERED:
                return
            if self._state == QUEUED:
                peer.running.started(self)
            self._state = ANSWERED
            # Before the answer can be read: the id may come again at once.
            peer.running.leave(self)
        if self.cancelled and not peer.answers_cancelled:
            # Its caller forbids that.
            pass
        elif now:
            peer.outbox.put_now(line)
        else:
            peer.outbox.put(line)
        peer.answered()
