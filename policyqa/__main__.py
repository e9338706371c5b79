"""``python -m policyqa``: the same as the ``policyqa`` command."""

from __future__ import annotations

import sys

from ui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
