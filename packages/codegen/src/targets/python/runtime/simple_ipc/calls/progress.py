"""Progress that arrived for a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..values.faults import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..contract.contract import Codec
    from .call import Call


def report_progress(
    call: Call, read: Codec, report: Callable[[Any], object] | None
) -> None:
    """Hands on what arrived; what does not fit the contract is told of."""
    while call.progress:
        value = call.progress.popleft()
        if report is None:
            continue
        try:
            read_value = read(value, "")
        except InvalidValueError as fault:
            call.misfit(
                f"The progress of {call.method} does not fit the contract: "
                f"progress{fault.on_wire}",
                value,
            )
        else:
            report(read_value)
