"""What a piece of work costs besides time: memory of a process, space on disk, and on which machine."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from corpus.errors import PolicyQAError

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
#: Seconds that a process may take to end once its work is done.
_LEAVING = 30
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Machine:
    """Where figures were taken.

    Attributes:
        cores: processors that the system counts.
        processor: its kind, e.g. ``x86_64``.
        memory_gb: main memory; None where the system does not say.
        python: version of the interpreter.
        policyqa: version of this program.
    """

    cores: int
    processor: str
    memory_gb: float | None
    python: str
    policyqa: str


def machine() -> Machine:
    """This machine."""
    memory = None
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)
    python = platform.python_version()
    return Machine(os.cpu_count() or 1, platform.machine(), memory, python, installed_version())


def installed_version() -> str:
    """The version of this program, or "" where it is not installed."""
    try:
        return version("policyqa")
    except PackageNotFoundError:
        return ""


def peak_memory_mb() -> float | None:
    """Most memory that this process has held since it began, in million bytes; None where nobody counts.

    On Linux of this very program: ``getrusage`` also counts what the process was forked from, so
    that a small child of a big parent would look big.
    """
    if _STATUS.is_file():
        for line in _STATUS.read_text("utf-8", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) * 1024 / 1e6, 1)
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round((most if sys.platform == "darwin" else most * 1024) / 1e6, 1)


def folder_bytes(folder: Path) -> int:
    """Size of all files under a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def in_fresh_process(work: Callable[[_Task], _Result], task: _Task) -> _Result:
    """``work(task)`` in a process of its own, so that its memory is that of this work alone.

    Raises:
        PolicyQAError: the work raised one, or its process was ended, mostly for want of memory.
        RuntimeError: the work raised anything else; holds its traceback.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sender, work, task), daemon=True)
    process.start()
    sender.close()
    try:
        result, error, failure = receiver.recv()
        process.join(_LEAVING)
    except EOFError:
        process.join()
        raise PolicyQAError(
            f"评测的进程中途停了（{process.exitcode}），多半是内存不够",
            "跑得完的进程",
            "关掉别的程序，或换内存大的机器；已算好的向量都还在，再运行会接着做",
        ) from None
    finally:
        # Of an interrupted run: nothing goes on behind the person's back.
        process.terminate()
        process.join()
        receiver.close()
    if error:
        raise PolicyQAError(*error)
    if failure:
        raise RuntimeError(failure)
    answer: _Result = result
    return answer


def _end_with_parent() -> None:
    """A parent that is killed cannot end its children, which would go on for hours."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(sender: Connection, work: Callable[[Any], Any], task: Any) -> None:
    """Runs in the child; sends (result, parts of a ``PolicyQAError``, traceback)."""
    Thread(target=_end_with_parent, daemon=True).start()
    # Libraries print; results go through the pipe only.
    with contextlib.redirect_stdout(sys.stderr):
        try:
            sender.send((work(task), None, ""))
        except PolicyQAError as error:
            sender.send((None, (error.got, error.expected, error.next_step), ""))
        except KeyboardInterrupt:
            pass
        except Exception:
            sender.send((None, None, traceback.format_exc()))
