"""The errors that calls end with."""

from __future__ import annotations

from typing import ClassVar, Final, Generic, TypeVar, cast

PARSE_ERROR: Final = -32700
INVALID_REQUEST: Final = -32600
METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
INTERNAL_ERROR: Final = -32603
REQUEST_CANCELLED: Final = -32800
SHUTTING_DOWN: Final = -32001
BUSY: Final = -32003

D = TypeVar("D")


class RpcError(Exception):
    """A call failed. `code` is a number if the other side answered with an error, and
    a word if it failed here; `data` has details.
    """

    _short_message: str | None = None

    def __init__(
        self,
        code: int | str,
        message: str,
        data: object = None,
        *,
        short_message: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self._data = data
        if short_message is not None:
            self._short_message = short_message

    @property
    def short_message(self) -> str:
        """The message in one line for people outside: without the command, paths, what
        the program wrote, or the text of a failure in a handler. For an answer to a web
        request, say; `message` is for those who run the program.

        Of an error that the contract declares it is what the handler wrote.
        """
        if self._short_message is None:
            return self.message.partition("\n")[0]
        return self._short_message

    @property
    def data(self) -> object:
        """The `data` member of the other side's error, as it came."""
        return self._data

    def __str__(self) -> str:
        return f"{self.message} ({self.code})"

    def __reduce__(self) -> tuple[object, ...]:
        # Its classes are made of other things than their text.
        return _restored, (type(self), self.args), {**self.__dict__, **self._extra()}

    def _extra(self) -> dict[str, object]:
        """What a copy is to have besides the attributes."""
        return {}


def _restored(kind: type[RpcError], args: tuple[object, ...]) -> RpcError:
    """An error without its attributes, which are set by pickle."""
    error = kind.__new__(kind, *args)
    # Those that are OSErrors leave it to their constructor.
    error.args = args
    return error


class RpcTimeoutError(RpcError, TimeoutError):
    """Something took longer than it may: an answer, or the start of a program."""


class CancelledError(RpcError):
    """The call is no longer wanted, by us or by our caller."""

    def __init__(
        self,
        message: str = "The call was cancelled",
        *,
        short_message: str | None = None,
    ) -> None:
        super().__init__("CANCELLED", message, short_message=short_message)


class DeclaredError(RpcError, Generic[D]):
    """An error that a method of the contract documents; its classes are generated."""

    CODE: ClassVar[int]
    NAME: ClassVar[str]

    def __init__(self, data: D, message: str = "") -> None:
        super().__init__(self.CODE, message or self.NAME, data)

    @classmethod
    def received(cls, data: D, message: str) -> DeclaredError[D]:
        """The error for an answer of the other side."""
        error = cls.__new__(cls)
        # A class whose error has no data takes none.
        RpcError.__init__(error, cls.CODE, message or cls.NAME, data)
        return error

    @property
    def data(self) -> D:
        """The data that the contract declares."""
        return cast("D", self._data)
