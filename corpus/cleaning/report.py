"""What cleaning did to a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

#: A dropped line is shown to a person up to so many characters.
_SHOWN = 80


@dataclass(frozen=True)
class Dropped:
    """A line or phrase that was left out.

    Attributes:
        rule: name of the rule that dropped it.
        line: number from 1 in the file.
        text: its beginning.
        file: the file inside an archive, else "".
    """

    rule: str
    line: int
    text: str
    file: str = ""


@dataclass(frozen=True)
class CleaningReport:
    """Counts by rule name, what was left out, and what a person should look at.

    Attributes:
        counts: (rule name, how often it changed something), most frequent first.
        warnings: one line each.
        dropped: in the order of the rules.
    """

    counts: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Tally:
    """Collects counts and dropped lines while a file is cleaned."""

    def __init__(self, warnings: tuple[str, ...] = ()) -> None:
        self._counts: Counter[str] = Counter()
        self._warnings = warnings
        self._dropped: list[Dropped] = []

    def add(self, rule: str, times: int = 1) -> None:
        """Count ``times`` more uses of ``rule``; zero leaves no trace."""
        if times:
            self._counts[rule] += times

    def drop(self, rule: str, line: int, text: str) -> None:
        """Count a use of ``rule`` and keep what it left out."""
        self.add(rule)
        self._dropped.append(Dropped(rule, line, text[:_SHOWN]))

    def report(self) -> CleaningReport:
        """What has been collected so far."""
        return CleaningReport(
            tuple(self._counts.most_common()), self._warnings, tuple(self._dropped)
        )
