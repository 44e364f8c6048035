"""Pairs of near fingerprints, found without comparing each with each."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

# Most pictures stay within this of themselves when they are re-encoded or scaled. Different ones
# seldom come so near, but some do: the pixels have to decide.
FURTHEST = 6
# Six wrong bits leave at least two of eight bytes whole, so near prints share a pair of bytes.
_PAIRS = tuple(combinations(range(8), 2))
_LARGEST_BUCKET = 200


def close_pairs(prints: Mapping[int, str]) -> set[tuple[int, int]]:
    """Give pairs of keys whose 64-bit prints (16 hex digits) differ in at most `FURTHEST` bits.

    Of keys with one and the same print only the first is paired with the others.
    """
    keys: dict[str, list[int]] = defaultdict(list)
    for key, written in sorted(prints.items()):
        keys[written].append(key)
    pairs = {(group[0], other) for group in keys.values() for other in group[1:]}
    for one, other in _close(list(keys)):
        first, second = sorted((keys[one][0], keys[other][0]))
        pairs.add((first, second))
    return pairs


def _close(prints: list[str]) -> set[tuple[str, str]]:
    buckets: dict[tuple[int, int, int, int], list[str]] = defaultdict(list)
    for written in prints:
        digits = bytes.fromhex(written)
        for one, other in _PAIRS:
            buckets[one, other, digits[one], digits[other]].append(written)
    near: set[tuple[str, str]] = set()
    for bucket in buckets.values():
        for first, second in combinations(bucket[:_LARGEST_BUCKET], 2):
            if (int(first, 16) ^ int(second, 16)).bit_count() <= FURTHEST:
                near.add((first, second))
    return near
