"""The release that this runtime belongs to."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.0.0"
