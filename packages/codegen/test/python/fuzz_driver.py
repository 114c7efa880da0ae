"""Reads and writes values by generated code: one JSON line in, one out."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

from generated import simple_ipc as ipc
from generated.simple_ipc.values import json_text


def main() -> None:
    modules: dict[str, Any] = {}
    for line in sys.stdin:
        job: Any = json_text.parse(line.rstrip("\n"))
        name = job["module"]
        module = modules.get(name)
        if module is None:
            module = modules[name] = importlib.import_module(f"generated.{name}")
        try:
            value = getattr(module, job["decode"])(job["value"], "")
            answer: dict[str, object] = {"ok": getattr(module, job["encode"])(value, "")}
        except ipc.InvalidValueError as fault:
            answer = {"path": fault.path, "message": fault.message}
        except Exception as failure:  # the test shows it
            answer = {"crash": repr(failure)}
        print(json.dumps(answer))


main()
