"""Damage real files of every format and report what the readers do not take in their stride.

Run ``python tests/fuzz_readers.py --minutes 5``; pytest does not collect it. Every case is a real
file with bytes flipped, cut, spliced or zeroed, or with one member of its package so treated, read
in a process of its own. Reported are exceptions other than UnreadableFileError, catch-all errors
(「无法解析」), cases over 20 seconds, and the peak memory of each format. Failing files are kept.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus.errors import UnreadableFileError
from corpus.readers import ReadLimits, ocr, read_file, unpack
from corpus.readers.layout import Piece
from tests.corpus.readers.small_files import add_office_samples, make_samples

SLOW_SECONDS = 20.0
HANG_SECONDS = 180.0
LIMITS = ReadLimits()
BITS = [
    b"\x00" * 8, b"\xff" * 8, b"<", b">", b'"', b"&", b"]]>", b"<!--", b"999999999999", b"-1",
    b"<!DOCTYPE a [<!ENTITY x 'yy'>]>", b"&x;", b"1e400", b"nan", b"../../..", b"\x80\x81",
    "\u3000\ufeff\u202e\u200b".encode(), "中".encode("gbk"), b"A1:XFD1048576", b"g 999999 1", b"\\u-1?", b"\\bin9999999 ",
]  # fmt: skip


def mutate(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """One damaged copy; packages are mostly damaged inside a member."""
    if data[:2] == b"PK" and rng.random() < 0.75:
        return _mutate_member(data, others, rng)
    return _mutate_bytes(data, others, rng)


def _mutate_member(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        entries = old.infolist()
        chosen = rng.sample(range(len(entries)), min(len(entries), rng.randint(1, 2)))
        for i, entry in enumerate(entries):
            content = old.read(entry)
            if i in chosen:
                if rng.random() < 0.1:
                    continue
                content = _mutate_bytes(content, others, rng)
            new.writestr(entry.filename, content)
    return buffer.getvalue()


def _mutate_bytes(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        if not made:
            break
        at = rng.randrange(len(made))
        kind = rng.randrange(8)
        if kind == 0:
            made[at] = rng.randrange(256)
        elif kind == 1:
            made[at] ^= 1 << rng.randrange(8)
        elif kind == 2:
            del made[at:]
        elif kind == 3:
            del made[at : at + rng.randrange(1, 200)]
        elif kind == 4:
            made[at:at] = rng.choice(BITS) * rng.choice((1, 1, 1, 50))
        elif kind == 5:
            other = rng.choice(others)
            start = rng.randrange(len(other))
            made[at : at + rng.randrange(100)] = other[start : start + rng.randrange(1, 400)]
        elif kind == 6:
            made[at : at + 40] = bytes(min(40, len(made) - at))
        else:
            made[at:at] = made[at : at + rng.randrange(1, 300)] * rng.choice((1, 3, 100))
    return bytes(made)


def work(folder: str, tasks: Any, results: Any) -> None:
    """Read files until there are no more; (name, seconds, peak MiB, trouble) for each."""
    # What is recognised does not matter here; that the pixels are unpacked does.
    ocr.recognise = lambda image: [Piece(f"{image.mean():.0f}", 0, 0, 9, 9)]
    while (task := tasks.get()) is not None:
        path = Path(task)
        began = time.perf_counter()
        trouble = ""
        try:
            if path.suffix == ".zip":
                with tempfile.TemporaryDirectory(dir=folder) as into:
                    unpack(path, Path(into), LIMITS)
            else:
                read_file(path, LIMITS)
        except UnreadableFileError as error:
            if "无法解析" in str(error) or "\n" in str(error):
                trouble = f"{error} <- {error.__cause__!r}"
        except BaseException as error:  # whatever else comes is what we look for
            trouble = repr(error)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        results.put((path.name, time.perf_counter() - began, peak, trouble))


class Worker:
    """A process that reads one file at a time and is replaced when it hangs or dies."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._tasks, self._results = context.Queue(), context.Queue()
        self._process = context.Process(
            target=work, args=(self._folder, self._tasks, self._results), daemon=True
        )
        self._process.start()

    def read(self, path: Path) -> tuple[float, int, str]:
        """Seconds, peak MiB of the process and trouble, if any."""
        self._tasks.put(str(path))
        end = time.monotonic() + HANG_SECONDS
        while time.monotonic() < end and self._process.is_alive():
            try:
                _, seconds, peak, trouble = self._results.get(timeout=0.5)
            except Exception:
                continue
            if peak > 1000:  # a fresh process shows whose fault the memory is
                self.stop()
                self._start()
            return seconds, peak, trouble
        died = not self._process.is_alive()
        self.stop()
        self._start()
        return HANG_SECONDS, 0, "the process died" if died else "hangs"

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", default="", help="file endings parted by commas, e.g. ofd,xlsx")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "fuzz-found"))
    options = parser.parse_args()
    samples = make_samples()
    add_office_samples(samples)
    names = sorted(n for n in samples if not options.only or n[2:] in options.only.split(","))
    rng = random.Random(options.seed)
    others = list(samples.values())
    cases: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    peaks: dict[str, int] = {}
    slowest: dict[str, float] = {}
    end = time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory() as folder:
        worker = Worker(folder)
        while time.monotonic() < end:
            name = rng.choice(names)
            # Each of these starts LibreOffice, which takes seconds.
            if name in ("a.doc", "a.odt", "a.rtf") and rng.random() < 0.9:
                continue
            path = Path(folder, name)
            path.write_bytes(mutate(samples[name], others, rng))
            seconds, peak, trouble = worker.read(path)
            cases[name] += 1
            peaks[name] = max(peaks.get(name, 0), peak)
            slowest[name] = max(slowest.get(name, 0.0), seconds)
            if trouble or seconds > SLOW_SECONDS:
                refused[name] += 1
                options.keep.mkdir(parents=True, exist_ok=True)
                kept = options.keep / f"{options.seed}-{sum(cases.values())}{path.suffix}"
                kept.write_bytes(path.read_bytes())
                print(f"{kept}: {trouble or 'slow'} ({seconds:.1f} s)", flush=True)
        worker.stop()
    print(f"seed {options.seed}: {sum(cases.values())} cases, {sum(refused.values())} troubles")
    for name in names:
        print(
            f"{name:8} {cases[name]:6} cases, {refused[name]:3} troubles, "
            f"slowest {slowest.get(name, 0):5.1f} s, peak {peaks.get(name, 0)} MiB"
        )


if __name__ == "__main__":
    main()
