"""What people install: the wheel holds everything, and README's example runs from it alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from policyqa import __version__
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

PACKAGES = ("corpus", "indexer", "retriever", "qa", "eval", "ui", "policyqa")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Installed:
    """A fresh environment with the wheel, and a folder outside the checkout to work in."""

    wheel: Path
    environment: Path
    python: Path
    work: Path

    def run(self, *argv: str | Path, cache: Path | None = None) -> str:
        """What a command prints there."""
        variables = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        if cache is not None:
            variables["POLICYQA_INDEX__CACHE_DIR"] = str(cache)
        done = subprocess.run(
            [str(part) for part in argv],
            cwd=self.work,
            env=variables | {"PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel of a copy and install it; its dependencies are those of this environment."""
    pytest.importorskip("setuptools", minversion="77")
    root = tmp_path_factory.mktemp("wheel")
    source, environment, work = root / "source", root / "environment", root / "work"
    work.mkdir()
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=LEFT_OUT)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    bare = Installed(root, environment, Path(sys.executable), work)
    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    bare.run(
        sys.executable, *pip, "wheel", source, "--no-deps", "--no-index", "--no-build-isolation",
        "--wheel-dir", root,
    )  # fmt: skip
    (wheel,) = root.glob("*.whl")
    bare.run(sys.executable, "-m", "venv", environment)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    bare.run(python, *pip, "install", wheel, "--no-deps", "--no-index")
    # Last, so that the wheel's own packages come first and no editable installation is followed.
    where = bare.run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    own = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    (Path(where.strip()) / "dependencies.pth").write_text("\n".join(own), encoding="utf-8")
    return Installed(wheel, environment, python, work)


def test_the_wheel_holds_every_file_of_the_packages(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        held = set(archive.namelist())
    files = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert not files - held
    assert not [name for name in held if name.startswith("tests/")]


def test_the_command_is_installed(installed: Installed) -> None:
    command = installed.python.with_name("policyqa")
    assert installed.run(command, "--version") == f"policyqa {__version__}\n"


def test_the_example_of_the_readme_runs_outside_the_checkout(
    installed: Installed, model_cache: Path
) -> None:
    (example,) = EXAMPLE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(example.splitlines()) <= 10
    (installed.work / "example.py").write_text(example, encoding="utf-8")
    where = "import corpus, policyqa, qa; print(policyqa.__file__, qa.__file__, corpus.__file__)"
    places = installed.run(installed.python, "-c", where).split()
    assert len(places) == 3 and all(Path(p).is_relative_to(installed.environment) for p in places)

    # The documents are the samples that came with the wheel; the scans among them take long.
    samples = Path(places[2]).parent / "samples" / "docs"
    docs = installed.work / "docs"
    docs.mkdir()
    for file in samples.glob("0*.txt"):
        shutil.copy(file, docs)
    printed = installed.run(installed.python, "example.py", cache=model_cache)
    report, short, *citations = printed.splitlines()
    assert report == f"{len(list(docs.iterdir()))} documents, 0 skipped"
    assert short == "0.5个工作日以内"
    assert citations[0].startswith("[1] 01_临漪市优化营商环境工作方案.txt: 1.压缩开办时间。")
