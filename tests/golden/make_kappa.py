"""Makes kappa.json: quadratic weighted kappa by scikit-learn, a second opinion on our own.

Run by hand with scikit-learn installed (it is no dependency of kwartier): python make_kappa.py. The same seed gives
the same cases; null stands for nan, where kappa is undefined.
"""

from __future__ import annotations

import json
import math
import random
import warnings
from pathlib import Path

from sklearn.metrics import cohen_kappa_score  # type: ignore[import-not-found, unused-ignore]

CATEGORIES = [1, 2, 3, 4, 5]
Rows = tuple[list[int], list[int]]

EDGES: dict[str, Rows] = {
    "one item, equal": ([3], [3]),
    "one item, different": ([1], [5]),
    "both constant and equal": ([4, 4, 4], [4, 4, 4]),
    "both constant and different": ([2, 2, 2], [4, 4, 4]),
    "one constant": ([3, 3, 3, 3], [1, 2, 4, 5]),
    "one constant, mean equal": ([3, 3, 3, 3], [2, 4, 2, 4]),
    "all equal": ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
    "reversed": ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]),
    "always one higher": ([1, 2, 3, 4], [2, 3, 4, 5]),
    "ends only": ([1, 1, 5, 5], [1, 5, 1, 5]),
    "equal but for one": ([3, 3, 3, 3, 3], [3, 3, 3, 3, 4]),
}


def random_cases(seed: int, number: int) -> dict[str, Rows]:
    """Rows of 1 to 30 items: independent scores, and scores that stay near the first rater's."""
    source = random.Random(seed)
    cases: dict[str, Rows] = {}
    for index in range(number):
        first = [source.choice(CATEGORIES) for _ in range(source.randint(1, 30))]
        near = [min(5, max(1, score + source.choice([-1, 0, 0, 1]))) for score in first]
        apart = [source.choice(CATEGORIES) for _ in first]
        cases[f"random {index}, near"] = (first, near)
        cases[f"random {index}, independent"] = (first, apart)
    return cases


def kappa(first: list[int], second: list[int]) -> float | None:
    """scikit-learn's answer, None for nan."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = float(cohen_kappa_score(first, second, labels=CATEGORIES, weights="quadratic"))
    return None if math.isnan(value) else value


def main() -> None:
    """Write kappa.json beside this file, one case a line."""
    cases = {**EDGES, **random_cases(2026, 40)}
    lines = [
        json.dumps({"case": case, "first": first, "second": second, "kappa": kappa(first, second)})
        for case, (first, second) in cases.items()
    ]
    Path(__file__).with_name("kappa.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
