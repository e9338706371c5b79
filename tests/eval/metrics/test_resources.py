"""Memory, space, and work in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import PolicyQAError
from eval.datasets.beir import read_qrels
from eval.metrics.resources import folder_bytes, in_fresh_process, machine

ROOT = Path(__file__).resolve().parents[3]


def peak_of(work: str) -> float:
    """Peak memory, in million bytes, of a Python that does some work."""
    program = f"from eval.metrics.resources import peak_memory_mb\n{work}\nprint(peak_memory_mb())"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    if ran.stdout.strip() == "None":
        pytest.skip("this system does not say how much memory a process held")
    return float(ran.stdout)


def test_memory_that_was_given_back_counts() -> None:
    assert peak_of("held = b'x' * 200_000_000\ndel held") >= 200


def test_memory_of_the_parent_does_not_count() -> None:
    held = b"x" * 400_000_000
    assert peak_of("") < len(held) / 1e6


def test_a_folder_is_as_big_as_its_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "inner" / "b").write_bytes(b"123")
    assert folder_bytes(tmp_path) == 8


def test_the_machine_has_cores_and_a_python() -> None:
    assert machine().cores >= 1
    assert machine().python.startswith("3.")


def test_work_in_another_process_returns_its_result(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert in_fresh_process(folder_bytes, tmp_path) == 5


def test_an_error_of_a_person_crosses_the_processes_whole(tmp_path: Path) -> None:
    with pytest.raises(PolicyQAError) as here:
        read_qrels(tmp_path / "qrels.tsv")
    with pytest.raises(PolicyQAError) as there:
        in_fresh_process(read_qrels, tmp_path / "qrels.tsv")
    assert (str(there.value), there.value.next_step) == (str(here.value), here.value.next_step)


def test_any_other_error_comes_with_its_traceback() -> None:
    with pytest.raises(RuntimeError, match="invalid literal"):
        in_fresh_process(int, "one")


def test_a_process_that_is_ended_is_reported_in_one_line() -> None:
    with pytest.raises(PolicyQAError, match=r"中途停了（9）") as error:
        in_fresh_process(os._exit, 9)
    assert "\n" not in str(error.value)


def test_a_killed_parent_leaves_no_child_behind(tmp_path: Path) -> None:
    fifo, note = tmp_path / "fifo", tmp_path / "child"
    os.mkfifo(fifo)  # opening it waits for a writer that never comes
    (tmp_path / "waiting.py").write_text(
        "import os, pathlib\n"
        "def wait(folder):\n"
        "    (folder / 'child').write_text(str(os.getpid()))\n"
        "    (folder / 'fifo').read_bytes()\n",
        encoding="utf-8",
    )
    program = (
        "import pathlib, sys\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "from waiting import wait\n"
        "from eval.metrics.resources import in_fresh_process\n"
        "if __name__ == '__main__':\n"
        f"    in_fresh_process(wait, pathlib.Path({str(tmp_path)!r}))\n"
    )
    (tmp_path / "parent.py").write_text(program, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    parent = subprocess.Popen([sys.executable, tmp_path / "parent.py"], env=environment)
    child = int(eventually(lambda: note.read_text() if note.exists() else ""))
    parent.kill()
    parent.wait()
    assert eventually(lambda: not is_running(child))


def eventually(done: Callable[[], Any]) -> Any:
    """What ``done`` gives as soon as it gives something; fails after a minute."""
    for _ in range(600):
        if result := done():
            return result
        time.sleep(0.1)
    raise AssertionError("nothing happened within a minute")


def is_running(process: int) -> bool:
    """Whether a process exists and is not merely waiting to be buried."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
