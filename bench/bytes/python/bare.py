"""The least a Python child can do: a size, so many bytes, and the same bytes back."""

import sys

source = sys.stdin.buffer
# Unbuffered, as where Python is told so.
target = getattr(sys.stdout.buffer, "raw", sys.stdout.buffer)
while size := source.readline():
    data = bytearray(int(size))
    view = memoryview(data)
    filled = 0
    while filled < len(data):
        filled += source.readinto(view[filled:])
    while view:
        view = view[target.write(view) :]
