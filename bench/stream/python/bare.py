"""The least a Python child can do: a line for each item."""

import json
import sys

for line in sys.stdin:
    request = json.loads(line)
    to = request["params"]["to"]
    for n in range(to):
        message = {
            "jsonrpc": "2.0",
            "method": "$/item",
            "params": {"id": request["id"], "value": {"n": n}},
        }
        sys.stdout.write(json.dumps(message) + "\n")
    answer = {"jsonrpc": "2.0", "id": request["id"], "result": to}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
