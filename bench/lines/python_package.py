"""The Python package simple-ipc as the host.

It stops reading when the program has ended, whatever is still in the pipe; so the program stays until told to stop.
"""

import json
import sys
import threading
import time

from ipc import Worker

expected = int(sys.argv[2])
start = time.perf_counter()
count = 0
done = threading.Event()


def on_line(line):
    global count
    if len(line) == 59:
        count += 1
        if count == expected:
            done.set()


worker = Worker(["sh", "-c", 'cat "$1"; read _', "sh", sys.argv[1]], on_line)
done.wait()
seconds = time.perf_counter() - start
worker.send("")
worker.stop()
print(json.dumps({"seconds": seconds, "count": count}))
