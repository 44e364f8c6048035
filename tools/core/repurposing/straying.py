"""Whether translations mean what their sources do: translated back and compared by an embedder."""

from collections.abc import Callable, Mapping, Sequence

from tools.core.ports import TextEmbedder
from tools.core.repurposing.checks import Loss

# Of e5: good ways back lay at 0.979 and above, other sentences at 0.815 and below (8 each); a
# sentence that lost only its "not" lies at 0.94, so this finds other subjects, not small turns.
ALIKE = 0.9
_MOST = 200
_SHORTEST = 20


def strayed(
    memory: Mapping[str, str],
    back: Callable[[Sequence[str]], Sequence[str]],
    embedder: TextEmbedder,
) -> list[Loss]:
    """Give the passages whose way back ends elsewhere; none where nothing translates back."""
    pairs = [(one, other) for one, other in memory.items() if len(one) >= _SHORTEST][:_MOST]
    returned = back([other for _, other in pairs]) if pairs else []
    if len(returned) != len(pairs) or not pairs:
        return []
    before = embedder.passages([one for one, _ in pairs])
    after = embedder.passages(list(returned))
    likes = [float(before[row] @ after[row]) for row in range(len(pairs))]
    return [
        Loss(f"translated back it is only {like:.2f} alike", one, other)
        for (one, other), like in zip(pairs, likes, strict=True)
        if like < ALIKE
    ]
