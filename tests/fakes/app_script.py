"""What the fake application answers: the main job, point by point."""

import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PIL import Image, ImageOps

from agent.events import (
    Assets,
    Error,
    Event,
    NeedsApproval,
    Progress,
    Question,
    ReceiptGiven,
    RefusedCall,
    Text,
    ToolUsed,
)
from agent.views import AssetCard, Fixable, PlanAssetView, PlanView, Role, Viewer
from tests.fakes.app_library import FakeLibrary

ANIMALS = ("cat", "fish", "dogs", "nuthatch", "parrot", "moose", "rabbit")


class FakeApprovals:
    """Plans that are decided once."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self._plans: dict[str, PlanView] = {}

    def propose(self, tool: str, card: AssetCard, viewer: Viewer, thread: str) -> PlanView:
        """Make a plan for one asset."""
        publish = tool == "publish_assets"
        used = self._library.asset(card.id, viewer).used
        asset = PlanAssetView(card.id, card.file, card.title, 1, card.verdict, card.clause, used)
        what = f"Publish “{card.title}” to website" if publish else f"Delete “{card.title}”"
        plan = PlanView(
            f"plan-{secrets.token_hex(5)}", tool, "{}", "publish" if publish else "destructive",
            what, "website" if publish else "", (asset,), (), card.verdict,
            ("publisher",) if publish else ("librarian",), viewer.name, "pending",
            _hence(0), _hence(7), thread,
        )  # fmt: skip
        self._plans[plan.id] = plan
        return self.get(plan.id, viewer)

    def get(self, approval: str, viewer: Viewer) -> PlanView:
        """Give a plan as the viewer may see it."""
        if approval not in self._plans:
            raise Fixable(f"No approval '{approval[:40]}' waits.")
        return self._as_seen(self._plans[approval], viewer)

    def seen(self, viewer: Viewer) -> list[PlanView]:
        """Give all plans that the viewer asked for or may decide."""
        shown = [self._as_seen(plan, viewer) for plan in self._plans.values()]
        return [p for p in shown if p.may_decide or p.requester == viewer.name]

    def thread_of(self, approval: str) -> str | None:
        """Give the conversation that asked."""
        plan = self._plans.get(approval)
        return plan.thread if plan else None

    def expire(self, approval: str) -> None:
        """Let a plan run out."""
        self._plans[approval] = replace(self._plans[approval], state="expired")

    def decide(self, approval: str, viewer: Viewer, approved: bool, because: str) -> list[Event]:
        """Decide once; anything else is refused."""
        plan = self.get(approval, viewer)
        if plan.state != "pending":
            return [RefusedCall(f"This was already decided: {plan.state}.", approval)]
        if not plan.may_decide:
            who = " or ".join(plan.approvers)
            return [RefusedCall(f"{viewer.name} may not approve this; a {who} may.", approval)]
        outcome = f"{'approved' if approved else 'rejected'} by {viewer.name}"
        outcome += f": {because}" if because else ""
        state = "done" if approved else "rejected"
        self._plans[approval] = replace(self._plans[approval], state=state, outcome=outcome)
        if not approved:
            why = f" ({because})" if because else ""
            return [Text(f"{viewer.name} rejected it{why}. Nothing has happened.\n")]
        if plan.effect == "destructive":
            for asset in plan.assets:
                gone = replace(self._library.all[asset.id], state="deleted")
                self._library.all[asset.id] = gone
            text = f"Deleted “{plan.assets[0].title}”"
            return [ReceiptGiven("r-delete", plan.tool, text, True, "undo")]
        text = f"Published “{plan.assets[0].title}” to website"
        after = "withdraw it from the website"
        return [Text(f"{text}.\n"), ReceiptGiven("r-publish", plan.tool, text, False, after)]

    def _as_seen(self, plan: PlanView, viewer: Viewer) -> PlanView:
        entitled = viewer.local_owner or viewer.has(*(Role(r) for r in plan.approvers))
        return replace(plan, may_decide=plan.state == "pending" and entitled)


def _hence(days: int) -> str:
    return (datetime.fromtimestamp(time.time(), UTC) + timedelta(days=days)).isoformat()


class Script:
    """Chooses the answer by words."""

    def __init__(self, library: FakeLibrary, plans: FakeApprovals) -> None:
        self._library = library
        self._plans = plans
        self._turns: dict[str, Callable[..., Iterator[Event]]] = {
            r"\bred one\b|^delete": self._delete,
            r"on hold": self._refuse,
            r"publish": self._publish,
            r"story|thumbnail": self._make,
            r"instagram in|may we": self._rights,
            r"^undo|take .*back": self._undo,
            r"\btag\b": self._tag,
            r"translate": self._translate,
            r"which|crop it": self._question,
            r"break": self._break,
            r"crash": self._crash,
            r"slow|scan": self._slow,
            r"unicorn": self._nothing,
            r"markdown": self._markdown,
            r"everything|all pictures": self._everything,
            r"animal|tiere|show": self._find,
        }

    def answer(
        self,
        text: str,
        viewer: Viewer,
        thread: str,
        selection: Sequence[str],
        uploads: Sequence[str],
    ) -> Iterator[Event]:
        """Answer a request."""
        chosen = self._library.cards([*selection, *uploads], viewer)
        for pattern, turn in self._turns.items():
            if re.search(pattern, text.lower()):
                yield from turn(viewer, thread, chosen)
                return
        about = f" about {len(chosen)} selected assets" if chosen else ""
        yield Text(f"You said “{text}”{about}. Ask for assets, for example: show me animals\n")

    def call(
        self, tool: str, arguments: Mapping[str, object], viewer: Viewer, thread: str
    ) -> Iterator[Event]:
        """Answer a tool call."""
        if tool == "undo":
            yield from self._undo(viewer, thread, [])
        else:
            yield RefusedCall(f"There is no tool '{tool}'.")

    def fresh(self, event: Event, viewer: Viewer) -> Event:
        """Show the present state of an old event."""
        if isinstance(event, NeedsApproval):
            return NeedsApproval(event.approval, self._plans.get(event.approval, viewer))
        return event

    def _found(self, cards: Sequence[AssetCard], why: str) -> tuple[AssetCard, ...]:
        return tuple(
            replace(card, band="strong", score=round(0.92 - n / 50, 2), why=why)
            for n, card in enumerate(cards)
        )

    def _find(self, viewer: Viewer, thread: str, chosen: Sequence[AssetCard]) -> Iterator[Event]:
        yield Progress("Searching the library")
        cards = self._found(self._library.titled(*ANIMALS), "looks like an animal")
        poster = self._library.titled("umbrella")
        mixed = [*cards, *self._found(poster, "text in the picture says “rain”")]
        yield ToolUsed("search_assets", {"query": "animals"}, "done", 0.041)
        yield Text(f"Found {len(mixed)} assets.\n")
        yield Assets("results", tuple(mixed), "4 weak matches left out.")

    def _everything(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        cards = [*self._library.all.values()] * 7
        yield ToolUsed("search_assets", {"query": ""}, "done", 0.2)
        yield Text(f"Found {len(cards)} assets.\n")
        yield Assets("results", tuple(cards[:200]))

    def _make(self, viewer: Viewer, thread: str, chosen: Sequence[AssetCard]) -> Iterator[Event]:
        source = chosen[0] if chosen else self._library.titled("dogs")[0]
        made = []
        for done, (slot, size) in enumerate(
            (("instagram-story", (1080, 1920)), ("youtube-thumbnail", (1280, 720))), 1
        ):
            yield Progress(f"Reframing to {slot}", done, 2)
            path = self._library.home / f"{source.id}-{slot}-{secrets.token_hex(3)}.jpg"
            with Image.open(self._library.paths[source.id]) as picture:
                ImageOps.fit(picture.convert("RGB"), size).save(path, quality=86)
            title = f"{source.title}, {slot.replace('-', ' ')}"
            rights = (source.verdict, source.clause)
            made.append(self._library.add(path, title, rights, source.id))
        yield ToolUsed("reframe_assets", {"asset_ids": [source.id]}, "done", 1.3)
        yield Text(f"Made 2 assets from “{source.title}”. The original is untouched.\n")
        yield Assets("made", tuple(made))
        yield ReceiptGiven(
            "r-made", "reframe_assets", "Made 2 renditions", True, "publish the story"
        )

    def _rights(self, viewer: Viewer, thread: str, chosen: Sequence[AssetCard]) -> Iterator[Event]:
        card = chosen[0] if chosen else self._library.titled("umbrella")[0]
        yield ToolUsed("check_rights", {"channel": "instagram", "territory": "DE"}, "done", 0.006)
        word = {"allowed": "Allowed", "denied": "Not allowed", "unknown": "Unknown"}[card.verdict]
        yield Text(
            f"{word} on instagram in Germany — “{card.title}”: {card.clause} "
            "Smallest change that makes it a yes: wait until 2027-03-01.\n"
        )
        yield Assets("results", (card,))

    def _tag(self, viewer: Viewer, thread: str, chosen: Sequence[AssetCard]) -> Iterator[Event]:
        cards = chosen or self._library.titled(*ANIMALS)
        for card in cards:
            self._library.tags.setdefault(card.id, []).append("spring-campaign")
        text = f"Tagged {len(cards)} assets with spring-campaign"
        yield ToolUsed("tag_assets", {"add": ["spring-campaign"]}, "done", 0.02)
        yield Text(text + "\n")
        yield ReceiptGiven("r-tag", "tag_assets", text, True)

    def _undo(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        self._library.tags.clear()
        yield ToolUsed("undo", {}, "done", 0.01)
        yield Text("Taken back: the last change.\n")

    def _translate(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        sheet = self._library.titled("sheet")[0]
        path = self._library.home / "product-sheet-pt.docx"
        path.write_bytes(self._library.paths[sheet.id].read_bytes())
        made = self._library.add(path, "Ficha do produto, caneca de viagem", parent=sheet.id)
        made = replace(made, warning="Machine draft: have it read by someone who knows Portuguese.")
        yield ToolUsed("translate_asset", {"language": "pt"}, "done", 2.4)
        yield Text("Translated the product sheet into Portuguese. It is a **machine draft**.\n")
        yield Assets("made", (made,))

    def _publish(self, viewer: Viewer, thread: str, chosen: Sequence[AssetCard]) -> Iterator[Event]:
        card = chosen[0] if chosen else self._library.titled("cat")[0]
        plan = self._plans.propose("publish_assets", card, viewer, thread)
        yield ToolUsed("publish_assets", {"channel": "website"}, "pending", 0.03)
        yield Text(f"{plan.summary} waits for approval. Nothing has happened yet.\n")
        yield NeedsApproval(plan.id, plan)

    def _delete(self, viewer: Viewer, thread: str, chosen: Sequence[AssetCard]) -> Iterator[Event]:
        red = self._library.titled("umbrella") or self._library.titled("cat")
        card = (chosen or red)[0]
        plan = self._plans.propose("delete_assets", card, viewer, thread)
        yield ToolUsed("delete_assets", {"asset_ids": [card.id]}, "pending", 0.03)
        yield NeedsApproval(plan.id, plan)

    def _refuse(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        yield ToolUsed("publish_assets", {}, "refused", 0.01)
        yield RefusedCall("Legal hold until 2027-01-01. Nothing can be published before.")

    def _question(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        dogs = tuple(self._library.titled("dogs", "cat"))
        yield Question("Which one do you mean?", dogs)

    def _break(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        yield ToolUsed("search_assets", {"query": "x"}, "error", 0.01)
        text = "Something went wrong here, and nothing was changed by halves. Error 3f9a11c2."
        yield Error(text, "3f9a11c2")

    def _crash(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        yield Text("This will ")
        raise RuntimeError("77aa01")

    def _slow(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        for done in range(1, 41):
            yield Progress("Looking at every file", done, 40)
        for word in [
            "That",
            "took",
            "a",
            "while,",
            "and",
            "nothing",
            "was",
            "found",
            "that",
            "needs",
            "you.",
        ]:
            yield Text(f"{word} ")

    def _nothing(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        yield ToolUsed("search_assets", {"query": "unicorn"}, "done", 0.03)
        yield Text("Nothing good found. 5 weak matches left out.\n")
        yield Assets("results", ())

    def _markdown(self, viewer: Viewer, thread: str, chosen: object) -> Iterator[Event]:
        yield Text(
            "**Bold** and `code`\n\n- one\n- two\n\n![x](https://evil.example/t.png)\n\n"
            "[a link](https://example.org/) [bad](javascript:alert(1)) "
            "<img src=x onerror=alert(1)>\n"
        )
