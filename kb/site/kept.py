"""What was worked out of a base and is asked for again: kept until the base's file changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

T = TypeVar("T")
State = tuple[tuple[int, int] | None, ...]
MOST = 1000  # results; the one that was asked for longest ago goes first

_results: OrderedDict[Hashable, tuple[State, Any]] = OrderedDict()
_lock = Lock()


def kept(base: str, name: Hashable, work: Callable[[], T]) -> T:
    """The result of `work` for a base's file, under a name that says what it is; worked out anew when the file changes.

    The state is read before the work: what is written meanwhile makes the result old.
    """
    key, state = (base, name), _state(Path(base))
    with _lock:
        found = _results.get(key)
        if found is not None and found[0] == state:
            _results.move_to_end(key)
            return cast(T, found[1])
    result = work()
    with _lock:
        _results[key] = (state, result)
        _results.move_to_end(key)
        while len(_results) > MOST:
            _results.popitem(last=False)
    return result


def _state(base: Path) -> State:
    """Time and size of the file and of its log: every commit changes one of them."""
    return tuple(_stat(path) for path in (base, base.with_name(base.name + "-wal")))


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
