"""The runtime of simple-ipc for Python: the same for every contract, made for the code
that is generated next to it.

Names are loaded when they are first used, so that a program which imports generated
code waits only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal

from .version import VERSION

if TYPE_CHECKING:
    from .calls.stream import Stream, finish
    from .child.lifespan import Lifespan
    from .child.serve import serve
    from .contract.contract import Contract, Method, Notification
    from .contract.foreign import Foreign
    from .errors import CancelledError, DeclaredError, RpcError, RpcTimeoutError
    from .peer.async_call import AsyncLink
    from .peer.async_stream import Answer, AsyncStream, finish_async
    from .peer.context import Context
    from .peer.link import Link
    from .peer.stream_items import Items, Result
    from .values.arrays import elements, tuple_of, unique, written_elements
    from .values.encoded import decode_bytes, decode_wide, encode_bytes, encode_wide
    from .values.faults import InvalidValueError, no_shape
    from .values.kinds import Json, kind_of
    from .values.literals import Literals, listed, literal
    from .values.maps import anything, entries, write_entries
    from .values.nothing_more import NOTHING_MORE
    from .values.objects import (
        UNSET,
        Unset,
        check_count,
        instance,
        members,
        no_params,
        optional,
        optional_nullable,
        refuse_others,
        require,
    )
    from .values.raw_bytes import as_text
    from .values.scalars import (
        Rule,
        boolean,
        bounded_integer,
        bounded_number,
        bounded_string,
        ignored,
        integer,
        nothing,
        number,
        string,
    )
    from .values.unions import (
        first_written,
        kind_with_bytes,
        nullable,
        of_kinds,
        tag,
        wrong_kind,
    )
    from .values.unknown import Unknown, open_tag

__all__ = [
    "NOTHING_MORE",
    "UNSET",
    "Answer",
    "AsyncLink",
    "AsyncStream",
    "CancelledError",
    "Context",
    "Contract",
    "DeclaredError",
    "Foreign",
    "InvalidValueError",
    "Items",
    "Json",
    "Lifespan",
    "Link",
    "Literals",
    "Method",
    "Notification",
    "Result",
    "RpcError",
    "RpcTimeoutError",
    "Rule",
    "Stream",
    "Unknown",
    "Unset",
    "anything",
    "as_text",
    "boolean",
    "bounded_integer",
    "bounded_number",
    "bounded_string",
    "check_count",
    "check_runtime",
    "decode_bytes",
    "decode_wide",
    "elements",
    "encode_bytes",
    "encode_wide",
    "entries",
    "finish",
    "finish_async",
    "first_written",
    "ignored",
    "instance",
    "integer",
    "kind_of",
    "kind_with_bytes",
    "listed",
    "literal",
    "members",
    "no_params",
    "no_shape",
    "nothing",
    "nullable",
    "number",
    "of_kinds",
    "open_tag",
    "optional",
    "optional_nullable",
    "refuse_others",
    "require",
    "serve",
    "string",
    "tag",
    "tuple_of",
    "unique",
    "write_entries",
    "written_elements",
    "wrong_kind",
]

_HOMES: Final = {
    name: module
    for module, names in (
        ("values.arrays", "elements tuple_of unique written_elements"),
        ("calls.stream", "Stream finish"),
        ("child.lifespan", "Lifespan"),
        ("child.serve", "serve"),
        ("peer.async_call", "AsyncLink"),
        ("peer.async_stream", "Answer AsyncStream finish_async"),
        ("peer.context", "Context"),
        ("contract.contract", "Contract Method Notification"),
        ("contract.foreign", "Foreign"),
        ("values.encoded", "decode_bytes decode_wide encode_bytes encode_wide"),
        ("errors", "CancelledError DeclaredError RpcError RpcTimeoutError"),
        ("values.faults", "InvalidValueError no_shape"),
        ("values.kinds", "Json kind_of"),
        ("peer.link", "Link"),
        ("values.literals", "Literals listed literal"),
        ("values.maps", "anything entries write_entries"),
        (
            "values.objects",
            (
                "UNSET Unset check_count instance members no_params optional "
                "optional_nullable refuse_others require"
            ),
        ),
        (
            "values.scalars",
            (
                "Rule boolean bounded_integer bounded_number bounded_string ignored "
                "integer nothing number string"
            ),
        ),
        ("values.raw_bytes", "as_text"),
        ("peer.stream_items", "Items Result"),
        (
            "values.unions",
            "first_written kind_with_bytes nullable of_kinds tag wrong_kind",
        ),
        ("values.unknown", "Unknown open_tag"),
        ("values.nothing_more", "NOTHING_MORE"),
    )
    for name in names.split()
}


# Type checkers see the imports above; this would hide a misspelt name from them.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Loads the module in which a name is at home."""
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{home}", __name__), name)
        globals()[name] = value
        return value


def check_runtime(version: Literal["0.0.0"]) -> None:
    """Raises ImportError if generated code and runtime do not come from the same
    release; type checkers see it too.
    """
    if version != VERSION:
        raise ImportError(
            f"This code was generated for simple-ipc {version}, "
            f"its runtime is {VERSION}: generate again"
        )
