"""What a benchmark says: figures, each beside its budget."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `budget` is the most it may be, or the least where `at_least`."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    at_least: bool = False

    def report(self) -> None:
        """Print as one line for the process that collects."""
        print(json.dumps(asdict(self)), flush=True)

    @property
    def verdict(self) -> str:
        """Give a word: within the budget or not."""
        if self.budget is None:
            return ""
        return "ok" if (self.value >= self.budget if self.at_least else self.value <= self.budget) else "OVER"

    def row(self) -> str:
        """Give one line of the table."""
        budget = "" if self.budget is None else f"{'≥' if self.at_least else '≤'} {self.budget:g} {self.unit}"
        return f"{self.name:<72} {self.value:>10.3f} {self.unit:<9} {budget:<14} {self.verdict}"
