"""What a host keeps to whose child is a program written by others."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from ..values.kinds import is_object
from ..wire import messages as wire

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..wire.messages import MessageId

T = TypeVar("T")

_LSP_MEMBER: Final = "workDoneToken"
_MCP_MEMBER: Final = "progressToken"
_MCP_CANCEL: Final = "notifications/cancelled"
_numbers: Final = count(1)


class Foreign:
    """How such a program cancels calls and reports their progress.

    It is asked for no contract, and sent no notification of our own protocol.
    """

    def __init__(
        self,
        *,
        cancel: tuple[str, str] | None = None,
        answers_cancelled: bool = True,
        progress: Literal["lsp", "mcp", "none"] = "none",
    ) -> None:
        self._cancel = cancel
        # Whether a request that the program has cancelled is answered.
        self.answers_cancelled = answers_cancelled
        self._progress = progress

    def cancel(self, number: int, method: str) -> bytes | None:
        """The message that cancels a call, if any does."""
        if self._cancel is None:
            return None
        name, param = self._cancel
        # The Model Context Protocol forbids cancelling the first request.
        if name == _MCP_CANCEL and method == "initialize":
            return None
        return wire.notification(name, {param: number})

    def cancelled(self, name: str, params: object) -> MessageId | None:
        """The request that a notification of the program cancels."""
        if self._cancel is None or name != self._cancel[0]:
            return None
        return wire.message_id(wire.members_of(params).get(self._cancel[1]))

    def asking(
        self, write: Callable[[T, str], object], *waiting: object
    ) -> Callable[[T, str], object]:
        """Writes params, with a token for the progress if anybody waits for it."""
        if self._progress == "none" or all(each is None for each in waiting):
            return write
        return lambda value, at: self._with_token(write(value, at))

    def _with_token(self, params: object) -> object:
        if params is not None and not is_object(params):
            return params
        members = dict(params or {})
        if self.token(members) is None:
            token = f"simple-ipc-{next(_numbers)}"
            if self._progress == "lsp":
                members[_LSP_MEMBER] = token
            else:
                meta = wire.members_of(members.get("_meta"))
                members["_meta"] = {**meta, _MCP_MEMBER: token}
        return members

    def token(self, params: object) -> MessageId | None:
        """The token under which the progress of a call is reported."""
        members = wire.members_of(params)
        if self._progress == "lsp":
            return wire.message_id(members.get(_LSP_MEMBER))
        if self._progress == "mcp":
            return wire.message_id(
                wire.members_of(members.get("_meta")).get(_MCP_MEMBER)
            )
        return None

    def report(
        self, name: str, params: object
    ) -> tuple[MessageId | None, object] | None:
        """The token and the value of a notification that reports progress."""
        members: Mapping[str, object] = wire.members_of(params)
        if self._progress == "lsp" and name == "$/progress":
            return wire.message_id(members.get("token")), members.get("value")
        if self._progress == "mcp" and name == "notifications/progress":
            return wire.message_id(members.get(_MCP_MEMBER)), params
        return None
