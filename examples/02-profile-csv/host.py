"""Profiles a CSV file, as host.ts does, with a host in Python.

    python3 examples/02-profile-csv/host.py [your.csv]

`generated` is made from contract.ts by `npx simple-ipc generate`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generated.profiler import (
    ProfileNotACsvError,
    ProfileParams,
    ProfileUnreadableError,
    Progress,
)
from generated.profiler_host import spawn

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Prints a line for each column as soon as it comes; says what is wrong with the file."""
    parser = argparse.ArgumentParser(description="Profiles a CSV file, column by column.")
    parser.add_argument("file", nargs="?", type=Path, default=HERE / "data" / "penguins.csv")
    file = parser.parse_args().file.absolute()
    with spawn([sys.executable, str(HERE / "profiler.py")]) as client:
        run = client.profile(ProfileParams(path=str(file)), on_progress=show)
        try:
            for column in run:
                print(f"{column.name:20} {column.type:8} {column.distinct:8} distinct")
            summary = run.result()
        except (ProfileUnreadableError, ProfileNotACsvError) as error:
            print(f"{error.data.path}: {error.data.reason}", file=sys.stderr)
            return 1
    print(f"{summary.rows} rows of {summary.columns} columns, {summary.encoding}")
    return 0


def show(progress: Progress) -> None:
    """Tells a person who waits how far the reading is."""
    if sys.stderr.isatty():
        print(f"\r{progress.read:>12} of {progress.total} bytes", end="\r", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
