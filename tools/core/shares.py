"""Shares of a count with their 95 % intervals, and whether a paired change is more than chance."""

import math
from dataclasses import dataclass

Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with a 95 % interval (Wilson 1927)."""

    right: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """Give the lower and upper bound of the share."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.right / self.of
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        """Write the share with its interval."""
        low, high = self.interval
        share = self.right / self.of if self.of else 0.0
        return f"{share:.1%} ({self.right}/{self.of}, 95 % {low:.1%} to {high:.1%})"


def mcnemar(fixed: int, broken: int) -> float:
    """Give the exact two-sided p value of paired changes (McNemar 1947, by the binomial)."""
    n, fewer = fixed + broken, min(fixed, broken)
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(fewer + 1)) / 2**n) if n else 1.0
