"""Generations on disk: complete or not there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import pytest

from corpus.errors import IndexStateError, PolicyQAError
from indexer.local.generations import (
    FORMAT,
    Generation,
    Manifest,
    current,
    publish,
    reading,
    require_current,
    writing,
)

ROOT = Path(__file__).resolve().parents[3]
MANIFEST = Manifest(FORMAT, "tiny", 64, 1, 1, 2, 5, 250)

HOLD_LOCK = """
import sys
from pathlib import Path
from indexer.local.generations import writing
with writing(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.readline()
"""


def _publish(index: Path, content: str = "") -> Generation:
    with writing(index) as building:
        Generation(building).write_manifest(MANIFEST)
        (building / "content").write_text(content)
        return publish(index, building)


def _one_line(error: BaseException) -> str:
    line = str(error)
    assert "\n" not in line and "；应为：" in line and "；请：" in line
    return line


def test_a_new_folder_has_no_index(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    assert current(tmp_path / "missing") is None
    with pytest.raises(IndexStateError) as raised:
        require_current(tmp_path / "missing")
    assert "没有索引" in _one_line(raised.value)


def test_what_is_published_is_current(tmp_path: Path) -> None:
    generation = _publish(tmp_path, "一")
    assert require_current(tmp_path) == generation
    assert generation.manifest() == MANIFEST
    assert (generation.folder / "content").read_text() == "一"


def test_only_the_newest_generation_is_kept(tmp_path: Path) -> None:
    for content in "一二三":
        newest = _publish(tmp_path, content)
    assert newest.folder.name == "generation-000003"
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["generation-000003"]


def test_a_half_written_folder_is_ignored_and_cleared(tmp_path: Path) -> None:
    old = _publish(tmp_path)
    (tmp_path / ".building-999").mkdir()
    (tmp_path / ".building-999" / "passages.faiss").write_bytes(b"half")
    # Killed after its last rename, before the pointer changed:
    shutil.copytree(old.folder, tmp_path / "generation-000007")
    assert current(tmp_path) == old
    assert _publish(tmp_path).folder.name == "generation-000008"
    assert not (tmp_path / ".building-999").exists()
    assert not (tmp_path / "generation-000007").exists()


def test_an_error_while_building_leaves_the_old_one(tmp_path: Path) -> None:
    old = _publish(tmp_path)
    with pytest.raises(KeyboardInterrupt), writing(tmp_path) as building:
        (building / "half").write_text("x")
        raise KeyboardInterrupt
    assert current(tmp_path) == old
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == [old.folder.name]
    _publish(tmp_path)  # and the lock is free again


@pytest.mark.parametrize("pointer", ["generation-000009", "../elsewhere", "", "\xff", "x" * 5000])
def test_a_pointer_to_nowhere_is_one_line(tmp_path: Path, pointer: str) -> None:
    _publish(tmp_path)
    (tmp_path / "CURRENT").write_bytes(pointer.encode("latin-1"))
    with pytest.raises(IndexStateError) as raised:
        current(tmp_path)
    assert "不完整" in _one_line(raised.value)


def test_a_pointer_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    outside = _publish(tmp_path / "other")
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CURRENT").write_text(f"../other/{outside.folder.name}")
    with pytest.raises(IndexStateError):
        current(tmp_path / "index")


@pytest.mark.parametrize("content", ["", "[]", "3", "{", json.dumps({"format": FORMAT}), "null"])
def test_a_damaged_manifest_is_one_line(tmp_path: Path, content: str) -> None:
    generation = _publish(tmp_path)
    (generation.folder / "manifest.json").write_text(content)
    with pytest.raises(IndexStateError) as raised:
        generation.manifest()
    assert "不完整" in _one_line(raised.value)


def test_another_format_is_refused(tmp_path: Path) -> None:
    generation = _publish(tmp_path)
    values = {**asdict(MANIFEST), "format": FORMAT + 1}
    (generation.folder / "manifest.json").write_text(json.dumps(values))
    with pytest.raises(IndexStateError) as raised:
        generation.manifest()
    assert f"格式 {FORMAT + 1}" in _one_line(raised.value)


def test_a_field_that_a_later_version_adds_is_passed_over(tmp_path: Path) -> None:
    generation = _publish(tmp_path)
    values = {**asdict(MANIFEST), "from_the_future": 1}
    (generation.folder / "manifest.json").write_text(json.dumps(values))
    assert generation.manifest() == MANIFEST


def test_a_file_is_no_index_and_is_not_to_be_deleted(tmp_path: Path) -> None:
    file = tmp_path / "资料.txt"
    file.write_text("正文")
    with pytest.raises(IndexStateError) as raised:
        current(file)
    assert "删除" not in _one_line(raised.value)
    with pytest.raises(PolicyQAError) as refused, writing(file):
        pass
    assert "不能写入" in _one_line(refused.value)


def test_another_process_holds_the_lock(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None and holder.stdout.readline() == "locked\n"
    try:
        with pytest.raises(IndexStateError) as raised, writing(tmp_path):
            pass
        assert "正被另一个" in _one_line(raised.value)
    finally:
        holder.kill()
        holder.communicate()
    _publish(tmp_path)  # the lock of a killed process is free


def test_another_thread_holds_the_lock(tmp_path: Path) -> None:
    with writing(tmp_path):
        errors: list[PolicyQAError] = []

        def attempt() -> None:
            try:
                with writing(tmp_path):
                    pass
            except PolicyQAError as error:
                errors.append(error)

        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert "正被另一个" in _one_line(errors[0])


def test_a_folder_without_write_permission_is_one_line(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o500)
    with pytest.raises(PolicyQAError) as raised, writing(tmp_path / "index"):
        pass
    assert "不能写入" in _one_line(raised.value)


def test_colleagues_may_read_the_index(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        generation = _publish(tmp_path)
    finally:
        os.umask(before)
    assert generation.folder.stat().st_mode & 0o777 == 0o755


def test_readers_always_find_a_whole_generation(tmp_path: Path) -> None:
    """The pointer names a complete folder at any moment while others are published."""
    _publish(tmp_path)
    stop = threading.Event()
    seen: list[str] = []
    failures: list[BaseException] = []

    def read() -> None:
        while not stop.is_set():
            try:
                generation = current(tmp_path)
                assert generation is not None
                seen.append(generation.folder.name)
            except BaseException as error:
                failures.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(30):
        _publish(tmp_path)
    stop.set()
    thread.join()
    assert not failures and seen


@pytest.mark.parametrize("error", [OSError(2, "gone"), ValueError(), EOFError(), KeyError("k")])
def test_whatever_a_damaged_file_sets_off_is_one_line(tmp_path: Path, error: Exception) -> None:
    with pytest.raises(IndexStateError) as raised, reading(tmp_path):
        raise error
    assert "不完整" in _one_line(raised.value)
