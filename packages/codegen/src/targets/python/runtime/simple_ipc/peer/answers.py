"""Answers of the other side to our calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.json_text import dump
from ..wire import messages as wire

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..wire.messages import MessageId
    from .caller import Caller
    from .inbox import Inbox

_NEVER_ASKED: Final = "Received a response to {}, which is not the id of any call"


class Answers:
    """Settles calls, each behind what arrived before its answer; late answers are
    dropped.
    """

    def __init__(
        self,
        caller: Caller,
        inbox: Inbox,
        misfit: Callable[[str, object, int], None],
    ) -> None:
        self._caller = caller
        self._inbox = inbox
        self._misfit = misfit

    def take(self, message: Mapping[str, object]) -> None:
        """Settles the call that a response is for."""
        number = wire.message_id(message.get("id"))
        call = self._caller.take(number)
        if call is None:
            if not self._caller.was_used(number):
                self._misfit(_NEVER_ASKED.format(dump(number)), message, 1000)
            return
        failure, value = message.get("error"), message.get("result")
        if failure is not None:
            self._inbox.in_order(lambda: call.post_wire_error(failure))
        else:
            self._inbox.in_order(lambda: call.post_result(value))

    def lose(self, number: MessageId | None, code: str, why: str) -> None:
        """Fails the call whose answer or item cannot be read."""
        call = self._caller.pending(number)
        if call is not None:
            call.lost(code, why)
