"""The members of a contract, as generated code declares them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..values.faults import InvalidValueError
from ..values.json_text import UnreadableError
from ..values.objects import no_params
from ..values.raw_bytes import read
from ..values.scalars import nothing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..errors import DeclaredError
    from .foreign import Foreign

Codec = Callable[[Any, str], object]
"""Reads or writes a value; the string is the JSON Pointer to it."""


class Contract:
    """Which contract the code was generated from."""

    def __init__(
        self,
        name: str,
        version: str,
        digest: str,
        openrpc: str,
        foreign: Foreign | None = None,
    ) -> None:
        self.name = name
        self.version = version
        self.digest = digest
        self.openrpc = openrpc
        # Set if the child is a program written by others.
        self.foreign = foreign


class Method:
    """A method that this side implements. Without `params` the handler gets none."""

    __slots__ = (
        "errors",
        "handler",
        "item",
        "params",
        "positional",
        "progress",
        "read_params",
        "result",
    )

    def __init__(
        self,
        handler: Callable[..., object],
        *,
        params: Codec | None = None,
        result: Codec = nothing,
        item: Codec | None = None,
        progress: Codec = nothing,
        errors: Iterable[tuple[type[DeclaredError[Any]], Codec]] = (),
        positional: bool = False,
    ) -> None:
        self.handler = handler
        self.params = params
        self.read_params = params or no_params
        self.result = result
        self.item = item
        self.progress = progress
        self.errors = dict(errors)
        self.positional = positional


class Notification:
    """A notification that this side may be sent."""

    __slots__ = ("handler", "params", "positional", "read_params")

    def __init__(
        self,
        handler: Callable[..., object],
        *,
        params: Codec | None = None,
        positional: bool = False,
    ) -> None:
        self.handler = handler
        self.params = params
        self.read_params = params or no_params
        self.positional = positional

    def take(
        self, name: str, params: object, misfit: Callable[[str, object], None]
    ) -> None:
        """Runs the handler; params that do not fit are told to `misfit`."""
        if params is None:
            params = () if self.positional else {}
        try:
            decoded = read(self.read_params, params)
        except UnreadableError as fault:
            misfit(f"The notification {name} cannot be read: {fault}", params)
            return
        except InvalidValueError as fault:
            misfit(
                f"The notification {name} does not fit the contract: "
                f"params{fault.on_wire}",
                params,
            )
            return
        if self.params is None:
            self.handler()
        else:
            self.handler(decoded)
