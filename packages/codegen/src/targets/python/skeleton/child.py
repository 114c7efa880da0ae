"""The program that the host starts: fill in what each method does.

A handler answers with what it returns, or raises one of the errors that the contract
declares. One that yields sends a stream. What it prints goes to stderr. `generated` is
made from the contract by `npx simple-ipc generate`; this file is yours.
"""

from __future__ import annotations

from generated.contract import ChildHandlers, serve  # imports


class Child(ChildHandlers):
    """Answers the host."""  # handlers


if __name__ == "__main__":
    serve(Child())
