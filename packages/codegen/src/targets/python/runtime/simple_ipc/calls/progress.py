"""Progress that arrived for a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..values.faults import InvalidValueError
from ..values.json_text import UnreadableError
from ..values.raw_bytes import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..contract.contract import Codec
    from .call import Call


def report_progress(
    call: Call, decode: Codec, report: Callable[[Any], object] | None
) -> None:
    """Hands on what arrived; what does not fit the contract is told of."""
    while call.progress:
        value = call.progress.popleft()
        if report is None:
            continue
        try:
            read_value = read(decode, value)
        except UnreadableError as fault:
            call.misfit(f"The progress of {call.method} cannot be read: {fault}", value)
        except InvalidValueError as fault:
            call.misfit(
                f"The progress of {call.method} does not fit the contract: "
                f"progress{fault.on_wire}",
                value,
            )
        else:
            report(read_value)
