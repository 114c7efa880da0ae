"""A child without the runtime, which keeps to no rule but JSON."""

import json
import sys

write = sys.stdout.write


def item(number: object, value: object) -> None:
    params = {"id": number, "value": value}
    write(json.dumps({"jsonrpc": "2.0", "method": "$/item", "params": params}) + "\n")


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
    elif method == "counted":
        write('{"jsonrpc":"2.0","id":%s,"result":1e999}\n' % number)
    sys.stdout.flush()
