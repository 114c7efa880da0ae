"""A child without the runtime, which follows no rule but JSON."""

import json
import os
import select
import sys

write = sys.stdout.write


def item(number: object, value: object) -> None:
    params = {"id": number, "values": [value]}
    write(json.dumps({"jsonrpc": "2.0", "method": "$/items", "params": params}) + "\n")


def flood() -> None:
    """Sends 20 MB; reports on stderr when none was read for half a second."""
    params = {"text": "x" * 10_000}
    line = json.dumps({"jsonrpc": "2.0", "method": "log", "params": params}) + "\n"
    waiting = memoryview(line.encode() * 2000)
    os.set_blocking(1, False)
    while waiting:
        if select.select([], [1], [], 0.5)[1]:
            waiting = waiting[os.write(1, waiting[:4096]) :]
        elif os.write(2, b"nobody reads\n"):
            select.select([], [1], [])
    os.set_blocking(1, True)


for line in sys.stdin:
    message = json.loads(line)
    number, method = message.get("id"), message["method"]
    if method == "add":
        write("half a line")
        write('{"jsonrpc":"2.0","id":%s,"result":3}\n' % number)
        write('[]\n{"progress": 40}\n{"jsonrpc":"2.0","id":77,"result":"never asked"}\n')
        write('{"jsonrpc":"2.0","id":%s,"result":"late"}\n' % number)
    elif method == "count":
        for n in range(40):
            item(number, {"n": n, "fill": "x" * 90_000})
    elif method == "echo":
        write('{"jsonrpc":"2.0","id":%s,"result":"%s"}\n' % (number, "x" * 200_000))
        write("y" * 200_000 + "\n")
    elif method == "nothing":
        flood()
        write('{"jsonrpc":"2.0","id":%s,"result":null}\n' % number)
    elif method == "counted":
        write('{"jsonrpc":"2.0","id":%s,"result":1e999}\n' % number)
    sys.stdout.flush()
