"""What a program tells of."""

from __future__ import annotations

from typing import Protocol


class ProgramEvents(Protocol):
    """Callbacks of a program, called on threads of its own."""

    def received(self, chunk: bytes) -> None:
        """The next bytes of stdout."""

    def wanted(self) -> memoryview | None:
        """Where the next bytes are to be read into, instead of being received."""
        ...

    def filled(self, size: int) -> None:
        """As much was read into what was wanted."""

    def copied(self) -> None:
        """Called in a copy of this process that is made by fork."""

    def failed(self, what: str, failure: BaseException) -> None:
        """A callback of the user raised something."""

    def reading_failed(self, failure: BaseException) -> None:
        """No more bytes can be read. Once, in place of `output_ended`."""

    def output_ended(self) -> None:
        """No more bytes will come. Once."""

    def ended(self) -> None:
        """The program has exited and its output was read. Once, after all others."""
