"""A process that its starter looks after."""

from __future__ import annotations

import subprocess


class SpawnedProcess(subprocess.Popen[bytes]):
    """Unlike its base, it may be dropped while it runs: that is not a leak here."""

    def __del__(self) -> None:
        pass
