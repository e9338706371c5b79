"""``python -m ui``: the same as the ``policyqa`` command."""

from __future__ import annotations

import sys

from ui.cli.main import main

sys.exit(main())
