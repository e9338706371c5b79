"""What cleaning did to a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class CleaningReport:
    """Counts by rule name, and what a person should look at.

    Attributes:
        counts: (rule name, how often it changed something), most frequent first.
        warnings: one line each.
    """

    counts: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()


class Tally:
    """Collects counts and warnings while a file is cleaned."""

    def __init__(self, warnings: tuple[str, ...] = ()) -> None:
        self._counts: Counter[str] = Counter()
        self._warnings: list[str] = list(warnings)

    def add(self, rule: str, times: int = 1) -> None:
        """Count ``times`` more uses of ``rule``; zero leaves no trace."""
        if times:
            self._counts[rule] += times

    def warn(self, line: str) -> None:
        """Keep a line for a person to read."""
        self._warnings.append(line)

    def report(self) -> CleaningReport:
        """What has been collected so far."""
        return CleaningReport(tuple(self._counts.most_common()), tuple(self._warnings))
