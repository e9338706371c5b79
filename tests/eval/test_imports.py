"""Importing the package costs nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "eval").rglob("[a-z]*.py")
)
HEAVY = ["torch", "gradio", "langchain", "faiss", "pandas", "jieba", "rank_bm25", "opencc", "tqdm"]


def test_no_module_imports_anything_heavy() -> None:
    imports = "".join(f"import {module}\n" for module in MODULES)
    check = f"import sys\nprint([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", imports + check],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"
