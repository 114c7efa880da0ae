"""What code that is not ours may raise: handlers, callbacks, methods of values.

Whatever that is fails one call, or is told, and ends nothing else; so it is caught here
and there by intent, under these names.
"""

from __future__ import annotations

from typing import Final

AnyError: Final = Exception
"""An error, but not what ends a program."""
AnyRaised: Final = BaseException
"""Whatever can be raised."""
