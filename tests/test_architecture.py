"""What DESIGN and style promise about the code, read from the code itself."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import NetworkBlockedError

ROOT = Path(__file__).resolve().parents[1]
#: Each may import itself and what stands before it.
STAGES = ("corpus", "indexer", "retriever", "qa", "eval", "ui", "policyqa")
#: Rooms of a stage, from left to right; each may import itself and what stands before it.
ROOMS = {
    "corpus": ("language", "structure", "readers", "cleaning", "metadata", "relations"),
    "indexer": ("embedding", "local"),
    "retriever": ("spelling", "query", "rerank", "precedent"),
    "qa": ("reading", "answerability", "verification", "composition", "conversation", "generation"),
    "eval": (
        "datasets",
        "metrics",
        "systems",
        "comparison",
        "report",
        "benchmarks",
        "question_sets",
    ),
    "ui": ("output", "web", "cli"),
}
LANGCHAIN = {
    "retriever/langchain_adapter.py",
    "qa/generation/chat_model.py",
    "eval/systems/baseline.py",
}
ENVIRONMENT = {"qa/settings.py"}
HEAVY = ("torch", "gradio", "langchain", "langchain_core", "transformers", "faiss", "pandas")
LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 500, 50, 6

FILES = [
    path.relative_to(ROOT).as_posix()
    for stage in STAGES
    for path in sorted((ROOT / stage).rglob("*.py"))
]


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def _imports(file: str) -> Iterator[tuple[str, str]]:
    """(module, name taken from it or "") of every import, also those inside functions."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "importlib.import_module",
            "import_module",
            "__import__",
        ):
            target = node.args[0] if node.args else None
            named = target.value if isinstance(target, ast.Constant) else "?"
            yield str(named), ""


def _modules() -> list[str]:
    return [
        file.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
        for file in FILES
        if not file.endswith("__main__.py") and file != "retriever/langchain_adapter.py"
    ]


def test_every_stage_has_files() -> None:
    assert all(any(file.startswith(f"{stage}/") for file in FILES) for stage in STAGES)


def test_every_folder_with_code_is_packaged() -> None:
    import tomllib

    from setuptools import find_packages

    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = listed["tool"]["setuptools"]["packages"]["find"]["include"]
    packages = {name.replace(".", "/") for name in find_packages(str(ROOT), include=patterns)}
    assert {str(Path(file).parent) for file in FILES} == packages


def test_imports_run_to_the_left_only() -> None:
    wrong = [
        f"{file} imports {module}"
        for file in FILES
        for module, _ in _imports(file)
        if (stage := module.split(".")[0]) == "tests"
        or (stage in STAGES and STAGES.index(stage) > STAGES.index(file.split("/")[0]))
    ]
    assert not wrong


@pytest.mark.parametrize("stage", ROOMS)
def test_rooms_import_to_the_left_only(stage: str) -> None:
    order = ROOMS[stage]
    inside = [file for file in FILES if file.startswith(f"{stage}/") and file.count("/") > 1]
    assert {file.split("/")[1] for file in inside} == set(order)
    wrong = [
        f"{file} imports {module}"
        for file in inside
        for module, _ in _imports(file)
        if (parts := [*module.split("."), ""])[0] == stage
        and parts[1] in order[order.index(file.split("/")[1]) + 1 :]
    ]
    assert not wrong


def test_no_module_imports_itself_through_others() -> None:
    known = {file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for file in FILES}
    graph = {
        file.removesuffix(".py").removesuffix("/__init__").replace("/", "."): {
            found
            for module, name in _imports(file)
            if (found := f"{module}.{name}" if f"{module}.{name}" in known else module) in known
        }
        for file in FILES
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_nothing_lives_behind_the_public_door() -> None:
    files = [file for file in FILES if file.startswith("policyqa/")]
    assert files == ["policyqa/__init__.py", "policyqa/__main__.py"]
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert not [file for file in files if any(isinstance(n, made) for n in ast.walk(_tree(file)))]


def test_eval_never_hides_the_builtin() -> None:
    """``from eval.x import …`` only: ``import eval`` would take the builtin's name."""
    wrong = [
        f"{file}:{node.lineno}"
        for file in FILES
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.alias) and (node.asname or node.name.split(".")[0]) == "eval"
    ]
    assert not wrong


def test_frameworks_stay_behind_their_doors() -> None:
    langchain = {f for f in FILES if any(m.startswith("langchain") for m, _ in _imports(f))}
    assert langchain <= LANGCHAIN
    gradio = {f for f in FILES if any(m.split(".")[0] == "gradio" for m, _ in _imports(f))}
    assert all(file.startswith("ui/") for file in gradio)


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        file
        for file in FILES
        for node in ast.walk(_tree(file))
        if (isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb"))
        or (isinstance(node, ast.alias) and node.name in ("environ", "getenv", "environb"))
    }
    assert readers <= ENVIRONMENT


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for file in FILES:
        for node in ast.walk(_tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{file}:{node.lineno} {node.name}", node


def test_files_are_short() -> None:
    lengths = {file: len((ROOT / file).read_text("utf-8").splitlines()) for file in FILES}
    assert not {file: n for file, n in lengths.items() if n > LONGEST_FILE}


def test_functions_are_short() -> None:
    lengths = {where: (n.end_lineno or 0) - n.lineno + 1 for where, n in _functions()}
    assert not {where: n for where, n in lengths.items() if n > LONGEST_FUNCTION}


def test_functions_take_few_parameters() -> None:
    counts = {}
    for where, function in _functions():
        given = function.args
        names = {a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)}
        counts[where] = len(names - {"self", "cls"})
    assert not {where: n for where, n in counts.items() if n > MOST_PARAMETERS}


def test_every_function_says_what_it_returns() -> None:
    assert not [w for w, f in _functions() if f.returns is None and f.name != "__init__"]


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "common", "helpers", "misc", "shared", "tools"}
    assert not [f for f in FILES if drawers & set(f.removesuffix(".py").split("/"))]


def test_nothing_is_pickled() -> None:
    pickles = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "cloudpickle"}
    wrong = [f for f in FILES if any(m.split(".")[0] in pickles for m, _ in _imports(f))]
    for file in FILES:
        for node in ast.walk(_tree(file)):
            if not isinstance(node, ast.Call):
                continue
            given = [ast.unparse(k.value) for k in node.keywords if k.arg == "allow_pickle"]
            loads = ast.unparse(node.func) in ("np.load", "np.save", "numpy.load", "numpy.save")
            if (loads or given) and given != ["False"]:
                wrong.append(f"{file}:{node.lineno}")
    assert not wrong


def test_assert_checks_no_input() -> None:
    """``python -O`` drops asserts."""
    asserts = [
        (f, n.lineno) for f in FILES for n in ast.walk(_tree(f)) if isinstance(n, ast.Assert)
    ]
    assert not asserts


def test_importing_everything_loads_nothing_heavy() -> None:
    imports = "".join(f"import {module}\n" for module in _modules())
    check = f"import sys\nprint([m for m in {HEAVY} if m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", imports + check],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("address", [("93.184.215.14", 80), ("2606:2800::1", 80), ("a.cn", 443)])
def test_tests_cannot_reach_the_network(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as plain:
        with pytest.raises(NetworkBlockedError):
            plain.connect(address)
        with pytest.raises(NetworkBlockedError):
            plain.connect_ex(address)
    with pytest.raises(NetworkBlockedError):
        socket.create_connection(address, timeout=1)


def test_tests_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(("localhost", server.getsockname()[1]), timeout=5) as client:
            assert client.getpeername()[0] == "127.0.0.1"
