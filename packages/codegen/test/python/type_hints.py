"""Evaluates every annotation of the generated modules, as FastAPI and others do."""

import importlib
import inspect
import pkgutil
import typing

import generated
from generated import simple_ipc as ipc

# Classes of the runtime stand in generated annotations, too: pydantic follows them.
count = 0
for part in (ipc.Unknown, ipc.Unset):
    typing.get_type_hints(part)
for found in pkgutil.iter_modules(generated.__path__):
    if found.ispkg:
        continue
    module = importlib.import_module(f"generated.{found.name}")
    # An alias that leads back to itself holds its own name, which only its module knows.
    own = found.name.removesuffix("_host")
    names = vars(importlib.import_module(f"generated.{own}"))
    for thing in vars(module).values():
        if getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(thing):
            typing.get_type_hints(thing, localns=names)
            count += 1
            for _, method in inspect.getmembers(thing, inspect.isfunction):
                if method.__module__ == module.__name__:
                    typing.get_type_hints(method, localns=names)
        elif inspect.isfunction(thing):
            typing.get_type_hints(thing, localns=names)
            count += 1
print(count)
