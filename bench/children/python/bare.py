"""The least a Python child can do: a line at a time, parsed, answered, written."""

import json
import sys

for line in sys.stdin:
    message = json.loads(line)
    params = message["params"]
    answer = {
        "jsonrpc": "2.0",
        "id": message["id"],
        "result": params["a"] + params["b"],
    }
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
