"""The gate: declared effect and dry run decide who must be asked before a call may happen."""

from collections.abc import Mapping
from typing import Any

from tools.context import Context
from tools.core.approvals import Approvals
from tools.core.effects import Effect
from tools.core.errors import Refused
from tools.core.plans import Draft
from tools.core.policy import Policy
from tools.spec import ToolSpec


class Gate:
    """Stands before every tool call; the second lock stands in the use case."""

    def __init__(self, *, approvals: Approvals, policy: Policy) -> None:
        self._approvals = approvals
        self._policy = policy

    def must_ask(
        self, spec: ToolSpec, context: Context, arguments: Mapping[str, Any]
    ) -> Draft | None:
        """Give the dry run that a person has to approve, or None when the call may happen now.

        A call that a standing grant covers may; the use case looks at the grant again.

        Raises Refused when the person may not ask for the effect at all.
        """
        self._entitled(context, spec.effect)
        if spec.granted and spec.granted(context, arguments):
            return None
        draft = spec.dry_run(context, arguments) if spec.dry_run else None
        effect = max(spec.effect, draft.effect) if draft else spec.effect
        self._entitled(context, effect)
        if draft is None:
            if effect.gated:
                raise Refused(f"{spec.name} cannot be shown before it happens, so it may not.")
            return None
        return draft if effect.gated or self._approvals.needs_card(draft) else None

    def _entitled(self, context: Context, effect: Effect) -> None:
        if not self._policy.entitled(context.viewer, effect):
            raise Refused(
                f"{context.viewer.name} may look, but this needs a role that may {_words(effect)}."
            )


def _words(effect: Effect) -> str:
    return {
        Effect.READ: "read the library",
        Effect.WRITE: "change assets",
        Effect.PROTECT: "take assets down",
        Effect.OUTBOUND: "send assets out",
        Effect.PUBLISH: "publish assets",
        Effect.DESTRUCTIVE: "archive or delete assets",
    }[effect]
