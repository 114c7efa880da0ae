"""A child without the runtime, for wire_host.py: wire_by_hand.py <scenario>."""

import json
import os
import sys

NAME = sys.argv[1]


def write(**message: object) -> None:
    os.write(1, json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")


credited = 0
for line in sys.stdin:
    message = json.loads(line)
    number, method = message.get("id"), message.get("method")
    if method == "rpc.contract":
        protocol = 1 if NAME == "version" else 2
        write(id=number, result={"protocol": protocol})
    elif method == "numbers":
        groups = {
            "items": [list(range(n, n + 250)) for n in range(0, 3000, 250)],
            "misfit": [[0], [1, "two", 3]],
        }
        for values in groups[NAME]:
            write(method="$/items", params={"id": number, "values": values})
        if NAME == "items":
            while credited < 3000:
                credited += json.loads(sys.stdin.readline())["params"]["items"]
            with open("credited", "w") as file:
                file.write(str(credited))
            write(id=number, result=3000)
