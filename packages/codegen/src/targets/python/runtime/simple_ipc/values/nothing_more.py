"""What calls carry beside their params unless they say otherwise."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING_MORE: Final[Mapping[str, str]] = MappingProxyType({})
"""No meta but what is passed on."""
