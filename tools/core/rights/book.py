"""Keeps rules: recording, confirming, revoking and taking back, each with audit and receipt."""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tools.core.audit import AuditEvent
from tools.core.done import receipt_of
from tools.core.errors import Fixable, Refused
from tools.core.people import Authority, Role, Viewer
from tools.core.receipts import Inverse, Receipt
from tools.core.records import Records
from tools.core.rights.rules import Rule, RuleStatus, Scope, ScopeKind
from tools.core.rights.terms import Entry, RightsStatement, rules_of, same_rule

_NO_RULE = (
    "No rights record '{}'. Look at the rights of the asset first, then use an id from there."
)


@dataclass(frozen=True, slots=True)
class Change:
    """A rule before and after; before is None for a new one."""

    before: Rule | None
    after: Rule


@dataclass(frozen=True, slots=True)
class Deed:
    """What is being done to rules, for the audit and the receipt."""

    action: str
    tool: str
    summary: str


def may_confirm(person: Viewer) -> bool:
    """Tell whether the person's word makes a rule count."""
    return person.local_owner or person.has(Role.LEGAL, Role.LIBRARIAN)


def may_propose(person: Viewer) -> bool:
    """Tell whether the person may note down what they know about rights."""
    return person.local_owner or person.has(*(role for role in Role if role is not Role.VIEWER))


class RuleBook:
    """Changes rules inside one writing transaction, in one person's name."""

    def __init__(
        self, records: Records, authority: Authority, at: datetime, undo_for: timedelta
    ) -> None:
        self._records = records
        self._authority = authority
        self._person = authority.actor
        self._at = at
        self._undo_for = undo_for

    def record(self, statement: RightsStatement, deed: Callable[[bool], Deed]) -> Receipt:
        """Keep a statement; it counts at once only outside conversations and by the entitled.

        Raises Fixable for an unknown asset or nothing said, Refused without the role.
        """
        if not may_propose(self._person):
            raise Refused("A viewer cannot record rights: ask a contributor or a librarian.")
        if not statement.terms or not statement.scopes:
            raise Fixable(
                "That says nothing about what is allowed, forbidden or owed. Say for example: "
                "licensed until 31 December 2027 for web in the EU, no crops."
            )
        if any(term.starts and term.ends and term.starts > term.ends for term in statement.terms):
            raise Fixable("That would end before it begins: say from when until when it holds.")
        scopes = tuple(dict.fromkeys(self._scope(scope) for scope in statement.scopes))
        counts = statement.confirmed and not self._authority.thread and may_confirm(self._person)
        entry = Entry(f"rights-{secrets.token_hex(4)}", self._person.id, self._at, counts)
        wanted = rules_of(replace(statement, scopes=scopes), entry)
        present = self._records.rights.attached(scopes)
        fresh = [r for r in wanted if not any(same_rule(r, known) for known in present)]
        return self._carry_out([Change(None, rule) for rule in fresh], deed(counts))

    def confirm(self, rule_id: str) -> Receipt:
        """Make a proposed record count, all its rules together.

        Raises Fixable for an unknown record, Refused without the role.
        """
        self._entitled("confirm")
        rules = [r for r in self._together(rule_id) if r.status is RuleStatus.PROPOSED]
        if not rules:
            raise Fixable(f"The rights record '{rule_id}' is confirmed already.")
        changes = [Change(rule, self._confirmed(rule)) for rule in rules]
        summary = f"Confirmed the rights record “{rules[0].clause}”."
        return self._carry_out(changes, Deed("rights.confirmed", "confirm_rights", summary))

    def revoke(self, rule_id: str) -> Receipt:
        """End a record, all its rules together; a proposer may take back what is still proposed.

        Raises Fixable for an unknown record, Refused without the role.
        """
        rules = self._together(rule_id)
        if any(r.counts or r.recorded_by != self._person.id for r in rules):
            self._entitled("revoke")
        changes = [Change(r, replace(r, status=RuleStatus.REVOKED)) for r in rules]
        summary = f"Revoked the rights record “{rules[0].clause}”."
        return self._carry_out(changes, Deed("rights.revoked", "revoke_rights", summary))

    def restore(self, details: str) -> None:
        """Put rules back to what they were before the receipt with these details.

        Raises Refused when they changed since, or without the role for rules that count.
        """
        changes = []
        for kept in json.loads(details)["rules"]:
            after = Rule.from_json(kept["after"])
            if self._records.rights.get(after.id) != after:
                raise Refused("That rights record changed since, so it cannot be taken back.")
            before = Rule.from_json(kept["before"]) if kept["before"] else None
            back = before or replace(after, status=RuleStatus.REVOKED)
            if after.counts or back.counts:
                self._entitled("take back")
            changes.append(Change(after, back))
        self._keep(changes, "rights.restored")

    def _scope(self, scope: Scope) -> Scope:
        kind, value = scope
        if kind is ScopeKind.ASSET:
            if self._records.assets.get(value, self._person) is None:
                raise Fixable(f"No asset '{value}'. Search first, then use an id from the results.")
            return scope
        value = value.rstrip("/") if kind is ScopeKind.FOLDER else value.strip()
        if not value:
            raise Fixable(f"Name the {kind}: an empty one would cover everything.")
        return Scope(kind, value)

    def _together(self, rule_id: str) -> list[Rule]:
        rule = self._records.rights.get(rule_id)
        if rule is None or rule.status is RuleStatus.REVOKED or not self._sees(rule):
            raise Fixable(_NO_RULE.format(rule_id[:60]))
        if not rule.record:
            return [rule]
        rules = [r for r in self._records.rights.all() if r.record == rule.record]
        if not all(self._sees(r) for r in rules):
            raise Refused("That record also covers assets that you may not see.")
        return rules

    def _sees(self, rule: Rule) -> bool:
        kind, value = rule.scope
        if kind is not ScopeKind.ASSET:
            return True
        return self._records.assets.get(value, self._person) is not None

    def _confirmed(self, rule: Rule) -> Rule:
        by = self._person.id
        return replace(rule, status=RuleStatus.CONFIRMED, confirmed_by=by, confirmed_at=self._at)

    def _entitled(self, verb: str) -> None:
        if not may_confirm(self._person):
            raise Refused(f"Only legal, a librarian or an admin may {verb} rights records.")

    def _carry_out(self, changes: Sequence[Change], deed: Deed) -> Receipt:
        if not changes:
            nothing = "That is on record already."
            return self._receipt(replace(deed, summary=nothing), Inverse.NONE, ())
        self._keep(changes, deed.action)
        receipt = self._receipt(deed, Inverse.RULES, changes)
        self._records.receipts.add(receipt)
        return receipt

    def _receipt(self, deed: Deed, inverse: Inverse, changes: Sequence[Change]) -> Receipt:
        rules = [
            {"before": c.before.to_json() if c.before else None, "after": c.after.to_json()}
            for c in changes
        ]
        assets = [c.after.scope[1] for c in changes if c.after.scope[0] is ScopeKind.ASSET]
        details = {"rules": rules, "asset_ids": list(dict.fromkeys(assets))}
        return receipt_of(
            deed.tool, self._authority, deed.summary, inverse, details, self._at, self._undo_for
        )

    def _keep(self, changes: Sequence[Change], action: str) -> None:
        subjects: dict[str, list[Rule]] = {}
        for change in changes:
            self._records.rights.put(change.after)
            subjects.setdefault(str(Scope(*change.after.scope)), []).append(change.after)
        for subject, rules in subjects.items():
            told = {"rules": [r.id for r in rules], "clauses": [r.clause for r in rules]}
            self._records.audit.append(
                AuditEvent(self._at, self._person.id, action, subject, json.dumps(told))
            )
