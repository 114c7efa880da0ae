"""A host on threads, for host.test.ts: its first argument says what it does.
It prints what the test looks at, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

from generated import conversation as c
from generated import conversation_host as h
from generated import simple_ipc as ipc
from generated.simple_ipc.host import CancelEvent, Options
from host_exits import ExitingCoroutines, Exits

Context = ipc.Context[NoReturn, h.ChildClient]
EXITING: dict[str, type[h.HostHandlers[h.ChildClient]]] = {
    "plain": Exits[h.ChildClient],
    "coroutines": ExitingCoroutines[h.ChildClient],
}
HERE = Path(__file__).parent
CHILD = [sys.executable, str(HERE / "conversation_child.py")]
RAW = [sys.executable, str(HERE / "raw_child.py")]
# Prints the id of a child of its own and its own, and ignores all but SIGKILL.
STUBBORN = [
    "sh",
    "-c",
    'trap "" TERM HUP INT; sleep 600 & echo $! $$; while :; do sleep 600; done',
]


class Handlers(h.HostHandlers[h.ChildClient]):
    """Answers the child."""

    def nest(self, params: c.HostNestParams, context: Context) -> int:
        if params.depth == 99:
            raise SystemExit(3)
        if params.depth == 50:
            context.peer.stop()
        return params.depth

    async def numbers(
        self, params: c.NumbersParams, context: Context
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        yield params.to
        yield ipc.Result(1000)


def spawn(command: list[str], options: Options | None = None) -> h.ChildClient:
    return h.spawn(command, Handlers(), options)


def outcome(run: Callable[[], object]) -> object:
    """The result of a call, or the code and message of its error."""
    try:
        return run()
    except ipc.RpcError as error:
        return {"code": error.code, "message": error.message}


def add(client: h.ChildClient) -> object:
    return outcome(lambda: client.add((1, 2)))


def end_of(client: h.ChildClient) -> object:
    end = client.program.exit
    return None if end is None else {"code": end.code, "signal": end.signal}


def lines_of(command: list[str], count: int) -> tuple[h.ChildClient, list[str]]:
    """A program that is not our child, and the first lines that it writes."""
    lines: list[str] = []
    there = threading.Semaphore(0)

    def on_line(line: str) -> None:
        lines.append(line)
        there.release()

    client = spawn(command, Options(on_line=on_line, verify=False))
    for _ in range(count):
        there.acquire()
    return client, lines


def threads() -> list[str]:
    """Threads that are alive; those that are about to end are waited for."""
    others = [each for each in threading.enumerate() if each != threading.main_thread()]
    for thread in others:
        thread.join(5)
    return [thread.name for thread in others if thread.is_alive()]


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def start_errors() -> object:
    folder = Path(sys.argv[2])
    (folder / "plain.txt").write_text("x")
    script = folder / "script"
    script.write_text("#!/no/such/interpreter\n")
    script.chmod(0o755)
    elsewhere = Options(cwd="/no/such/folder")
    return [
        outcome(lambda: spawn(["no-such-program", "arg"])),
        outcome(lambda: spawn([str(folder / "missing")])),
        outcome(lambda: spawn(["true"], elsewhere)),
        outcome(lambda: spawn([str(folder)])),
        outcome(lambda: spawn([str(folder / "plain.txt")])),
        outcome(lambda: spawn([str(script)])),
        threads(),
    ]


def ends_early() -> object:
    said: list[object] = []
    for script in (
        "read line; echo loading; echo no memory >&2; exit 3",
        "read line; kill -SEGV $$",
        "echo last; exec >&-; while read line; do :; done",
    ):
        options = Options(verify=False)
        with spawn(["sh", "-c", script], options) as client:
            said.append(add(client))
        said.append(add(client))
    return said


def ladder() -> object:
    told: list[object] = []
    for command in ("exec cat", 'trap "exit 5" TERM; while :; do sleep 0.05; done'):
        client, _ = lines_of(["sh", "-c", f"echo up; {command}"], 1)
        client.stop(input_grace=0.2, term_grace=0.2)
        told.append(end_of(client))
    client, (pids,) = lines_of(STUBBORN, 1)
    client.stop(input_grace=0.1, term_grace=0.1)
    return {"ends": [*told, end_of(client)], "pids": [int(pid) for pid in pids.split()]}


def leftovers() -> object:
    script = 'trap "" TERM HUP; sleep 600 & echo $!; exit 4'
    client, (pid,) = lines_of(["sh", "-c", script], 1)
    client.program.wait_for_end()
    kept = spawn(
        ["sh", "-c", "sleep 600 >&- 2>&- <&- & echo $! >&2; exit 0"],
        Options(keep_leftovers=True, verify=False, stderr=lambda _: None),
    )
    kept.program.wait_for_end()
    survivor = int(kept.exit_report().stderr[0])
    is_alive = Path(f"/proc/{survivor}").exists()
    os.kill(survivor, signal.SIGKILL)
    return {"ended": end_of(client), "pid": int(pid), "kept": is_alive}


def daemon() -> object:
    """Something outside the group holds the pipes open after the exit."""
    script = "setsid sh -c 'echo $$; exec sleep 600' & read line; exit 6"
    client, (pid,) = lines_of(["sh", "-c", script], 1)
    client.send_plain_line("go")
    client.program.wait_for_end()
    os.kill(int(pid), signal.SIGKILL)
    return [end_of(client), threads()]


def nothing_left() -> object:
    def add_one(n: int) -> float:
        return client.add((n, 1))

    before = descriptors()
    results: list[object] = []
    for _ in range(3):
        with spawn(CHILD) as client, ThreadPoolExecutor(30) as pool:
            sums = len(set(pool.map(add_one, range(500))))
            nested = client.nest(c.NestParams(depth=3))
            results = [sums, nested, client.sum(c.SumParams(to=7))]
            for item in client.count(c.CountParams(to=10_000)):
                if item.n == 3:
                    break
    # The watchdog lives as long as its host, with one descriptor to it.
    return [*results, threads(), descriptors() - before]


def calls() -> object:
    cancel = CancelEvent()
    with spawn(CHILD) as client:
        # What is too late below was sent.
        add(client)
        threading.Timer(0.1, cancel.set).start()
        told = [
            outcome(lambda: client.slow(c.SlowParams(seconds=600), cancel=cancel)),
            outcome(lambda: client.slow(c.SlowParams(seconds=600), cancel=cancel)),
            outcome(lambda: client.slow(c.SlowParams(seconds=600), timeout=0.1)),
            outcome(lambda: client.slow(c.SlowParams(seconds=600), idle_timeout=0.1)),
            outcome(lambda: client.nest(c.NestParams(depth=100))),
            add(client),
            "conversation" in str(client.discover()),
        ]
        run = client.count(c.CountParams(to=3))
        told.append([item.n for item in run])
        told.append(run.result())
    return told


class Coroutines(h.HostHandlers[h.ChildClient]):
    """Answers with coroutines, one of which never ends by itself."""

    async def nest(self, params: c.HostNestParams, context: Context) -> int:
        if params.depth == 0:
            return 0
        # The loop continues: it answers what the child asks for the sake of this call.
        deeper = c.NestParams(depth=params.depth - 1)
        return 1 + await asyncio.to_thread(context.peer.nest, deeper)

    async def numbers(
        self, params: c.NumbersParams, context: Context
    ) -> AsyncGenerator[int | ipc.Result[int], None]:
        yield ipc.Result(params.to)

    async def log(self, params: c.LogParams) -> None:
        await asyncio.sleep(600)


def coroutines() -> object:
    with h.spawn(CHILD, Coroutines()) as client:
        told = [client.nest(c.NestParams(depth=8)), client.slow(c.SlowParams(seconds=0))]
    return [*told, threads()]


def exits() -> object:
    handlers = EXITING[sys.argv[2]]()
    with h.spawn(CHILD, handlers, Options(stderr="ignore")) as client:
        told = [
            outcome(lambda: client.nest(c.NestParams(depth=1))),
            outcome(lambda: client.sum(c.SumParams(to=1))),
            outcome(lambda: client.slow(c.SlowParams(seconds=0))),
            outcome(lambda: client.nest(c.NestParams(depth=1))),
        ]
    return [*told, threads()]


def debugged() -> object:
    """Nothing is late while somebody debugs."""
    slow = c.SlowParams(seconds=0.3)
    late = Options(debug=True, start_timeout=0.001)
    with spawn(CHILD, late) as client:
        return [
            client.slow(slow, timeout=0.01),
            client.slow(slow, idle_timeout=0.01),
            [item.n for item in client.count(c.CountParams(to=2), timeout=0)],
        ]


def stops() -> object:
    """From a handler; with a drain; while calls run."""
    from_handler = spawn(CHILD)
    told = [outcome(lambda: from_handler.nest(c.NestParams(depth=51)))]
    from_handler.stop()
    with ThreadPoolExecutor(2) as pool:
        draining = spawn(CHILD)
        add(draining)
        slow = pool.submit(lambda: draining.slow(c.SlowParams(seconds=0.3)))
        draining.ping()
        draining.stop(drain=30)
        told.append(slow.result())
        stopping = spawn(CHILD)
        add(stopping)
        call = pool.submit(lambda: outcome(lambda: stopping.slow(c.SlowParams(seconds=600))))
        while not stopping.exit_report().in_flight:
            time.sleep(0.01)
        stopping.stop()
        told += [call.result(), add(stopping), end_of(stopping)]
    return [*told, threads()]


def hostile() -> object:
    lines: list[str] = []
    options = Options(
        verify=False, max_message_bytes=100_000, max_queued_bytes=100_000,
        on_line=lines.append, stderr=lambda _: None,
    )  # fmt: skip
    with spawn(RAW, options) as client:
        told = [add(client)]
        run = client.count(c.CountParams(to=1))
        # The child sends past its window while the stream is not read.
        told += [add(client), outcome(lambda: [item.n for item in run][:0])]
        told += [outcome(lambda: client.echo(c.EchoParams(text="too long"))), add(client)]
        told += [outcome(lambda: client.counted()), add(client)]
    return {"told": told, "lines": lines}


class Slow(Handlers):
    """Handles nothing until the child has noticed that its output is not read."""

    def __init__(self) -> None:
        self.heard = 0
        self.blocked = threading.Event()

    def log(self, params: c.LogParams) -> None:
        self.blocked.wait()
        self.heard += len(params.text)


def flood() -> object:
    handlers = Slow()
    options = Options(
        verify=False, max_queued_bytes=1_000_000, stderr=lambda _: handlers.blocked.set()
    )
    with h.spawn(RAW, handlers, options) as client:
        client.nothing()
    return [handlers.heard, handlers.blocked.is_set(), threads()]


def deaf() -> object:
    """A child that reads nothing."""
    with spawn(["sleep", "600"], Options(verify=False, input_grace=0.1)) as client:
        text = "x" * 5_000_000
        told = [outcome(lambda: client.echo(c.EchoParams(text=text), timeout=0.2))]
        sent = 0

        def flood() -> None:
            nonlocal sent
            for _ in range(100):
                client.tell(c.TellParams(text="x" * 100_000))
                sent += 1

        sender = threading.Thread(target=flood)
        sender.start()
        sender.join(0.5)
        told.append(sent < 100)
    sender.join()
    late = Options(start_timeout=0.2, input_grace=0.1)
    with spawn(["sleep", "600"], late) as client:
        told.append(add(client))
    return [*told, threads()]


def forked() -> object:
    """A fork of this process must not hold the pipes of its programs open."""
    client = spawn(CHILD)
    add(client)
    copy = os.fork()
    if copy == 0:
        time.sleep(600)
    client.stop(input_grace=60)
    os.kill(copy, signal.SIGKILL)
    os.waitpid(copy, 0)
    return end_of(client)


def watchdogs() -> list[int]:
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if int(stat[1]) == os.getpid() and "trap '' HUP INT TERM" in command:
            found.append(int(folder.name))
    return found


def watchdog() -> object:
    clients = [lines_of(STUBBORN, 1)[0] for _ in range(3)]
    first = watchdogs()
    held = sorted(
        os.readlink(entry).split(":")[0] for entry in Path(f"/proc/{first[0]}/fd").iterdir()
    )
    # Twice, and the first before it is a second old, while the programs are silent.
    killed: list[int] = []
    for _ in range(2):
        killed += watchdogs()
        os.kill(killed[-1], signal.SIGKILL)
        while set(watchdogs()) <= set(killed):
            time.sleep(0.01)
    pids = [client.program.pid for client in clients]
    print(json.dumps({"first": len(first), "held": held, "pids": pids}), flush=True)
    sys.stdin.readline()
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def dies() -> object:
    """With a stubborn program and one that floods its stdout."""
    client, (pids,) = lines_of(STUBBORN, 1)
    flood = h.spawn(["yes"], Handlers(), Options(verify=False))
    numbers = [int(pid) for pid in pids.split()] + [flood.program.pid]
    print(json.dumps({"pids": numbers}), flush=True)
    sys.stdin.readline()
    means = sys.argv[2]
    if means == "exception":
        raise RuntimeError("on purpose")
    if means == "exit":
        sys.exit(4)
    if means == "_exit":
        os._exit(5)
    if means == "abort":
        os.abort()
    if means != "end":
        os.kill(os.getpid(), getattr(signal, means))
        time.sleep(600)
    del client
    return None


result = globals()[sys.argv[1]]()
if result is not None:
    print(json.dumps(result))
