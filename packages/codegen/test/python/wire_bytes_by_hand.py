"""A child without the runtime that sends bytes as they are:
wire_bytes_by_hand.py <scenario>.
"""

import json
import os
import sys

NAME = sys.argv[1]
MARK = "f" * 16
source = os.fdopen(0, "rb")


def write(data: bytes) -> None:
    while data:
        data = data[os.write(1, data) :]


def result(number: int, data: bytes, place: str = "", before: bytes = b"") -> bytes:
    place = place or f"[0,{len(data)}]"
    head = f'{{"jsonrpc":"2.0","bytes":{len(data)},"id":{number},"result":{place}}}\n'
    return before + head.encode() + data


for line in source:
    message = json.loads(line)
    number, method = message.get("id"), message.get("method")
    if method == "rpc.contract":
        about = {"protocol": 2, "bytes": "raw", "mark": MARK}
        answer = {"jsonrpc": "2.0", "id": number, "result": about}
        write(json.dumps(answer).encode() + b"\n")
    elif method == "echo":
        data = source.read(message["bytes"])
        source.read(18)
        end = f"\n{MARK}\n".encode()
        if NAME == "glued":
            write(result(number, data, before=b"progress 40%") + end)
        elif len(data) == 5000:
            write(result(number, data) + end)
        elif NAME == "no mark":
            write(result(number, data) + b"a stray line\n" + end)
        elif NAME == "a gap":
            write(result(number, data, "[1,3]") + end)
        elif NAME == "cut off":
            write(result(number, data)[:-100])
            sys.exit(3)
