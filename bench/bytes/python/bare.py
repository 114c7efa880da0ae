"""The least a Python child can do: a size, so many bytes, and the same bytes back."""

import sys

source = sys.stdin.buffer
target = sys.stdout.buffer.raw
while size := source.readline():
    data = bytearray(int(size))
    view = memoryview(data)
    filled = 0
    while filled < len(data):
        filled += source.readinto(view[filled:])
    while view:
        view = view[target.write(view) :]
