"""How far writing came that was approved and then broke off with the program."""

import json
import shlex
from collections.abc import Mapping, Sequence

from tools.core.deliveries import Carried
from tools.core.plans import Plan, PlannedAsset
from tools.core.records import Catalogue, Records

# Which entry of the audit says that a file was written, and which command asks for it again.
TOLD: Mapping[str, tuple[str, str]] = {
    "export_assets": ("asset.exported", "export"),
    "write_sidecars": ("asset.sidecar-written", "write-sidecars"),
}
OPTIONS = {"folder": "--to", "channel": "--for", "territory": "--territory"}


class BrokenOff:
    """Reads out of the audit which files an approval wrote."""

    def __init__(self, *, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def told(self, plan: Plan) -> Carried | None:
        """Say how far a spent plan came; None for what happens in one transaction."""
        if plan.draft.tool not in TOLD:
            return None
        action, command = TOLD[plan.draft.tool]
        with self._catalogue.reading() as records:
            left = [a for a in plan.draft.assets if not _written(records, a, action, plan.id)]
        total = len(plan.draft.assets)
        if not left:
            return Carried(plan.id, done=True, text=f"All {total} were written.")
        again = _command(command, left, json.loads(plan.draft.arguments))
        names = ", ".join(one.file_name for one in left[:12]) + (" ..." if left[12:] else "")
        text = (
            f"It broke off: {total - len(left)} of {total} were written, these were not: {names}. "
            f"The approval is used up; to have the rest planned anew: {again}"
        )
        return Carried(plan.id, done=False, text=text)


def _command(
    command: str, left: Sequence[PlannedAsset], given: Mapping[str, str | bool | None]
) -> str:
    parts = ["dalm", command, *(one.id for one in left)]
    for name, option in OPTIONS.items():
        if value := given.get(name):
            parts += [option, str(value)]
    return shlex.join([*parts, "--sidecars-only"] if given.get("sidecars_only") else parts)


def _written(records: Records, asset: PlannedAsset, action: str, approval: str) -> bool:
    return any(
        row.action == action and row.payload and json.loads(row.payload).get("approval") == approval
        for row in records.audit.rows(asset.id)
    )
