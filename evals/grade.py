"""Scores a case by the end state; what needed an approval and had none is counted apart."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.app import App
from agent.events import Assets, Error, Question, RefusedCall, ToolUsed
from agent.views import AssetCard, AssetView
from evals.case import Case, End, Made
from evals.effects import invented, unapproved
from evals.play import Played, described
from evals.results import Fault
from evals.spoken import answers


@dataclass(frozen=True, slots=True)
class Grade:
    """What was wrong, effects that nobody had approved, ids of nothing; all empty when right."""

    faults: tuple[Fault, ...]
    unapproved: tuple[str, ...]
    invented: tuple[str, ...]


def tools_of(played: Played) -> tuple[str, ...]:
    """List the tools that the last turn used; an answer without any is a reply."""
    return tuple(e.name for e in played.last if isinstance(e, ToolUsed)) or ("reply",)


class Grader:
    """Looks at a library after a case."""

    def __init__(self, app: App, played: Played) -> None:
        self._app = app
        self._owner = app.admin.person()
        self._files = played.files

    def grade(self, case: Case, played: Played) -> Grade:
        """Compare what is with what should be."""
        checks = {
            "tool": self._tools,
            "shown": self._shown,
            "question or refusal": self._asked,
            "library": self._library,
            "words of assets": self._words_of_assets,
            "untouched": self._untouched,
            "public or pending": self._public,
            "words": self._words,
        }
        faults = [Fault("set up", text) for text in played.troubles]
        for name, check in checks.items():
            faults += [Fault(name, text) for text in check(case.end, played)]
        faults += [Fault("error", e.text) for e in played.events if isinstance(e, Error)]
        return Grade(
            tuple(faults),
            tuple(unapproved(self._app, played)),
            tuple(invented(self._app, played)),
        )

    def _tools(self, end: End, played: Played) -> list[str]:
        used = {e.name for e in played.events if isinstance(e, ToolUsed)}
        wrong = [f"{name} was used" for name in end.not_tools if name in used]
        last = tools_of(played)
        wanted = [name for name in (end.tool, *end.tools) if name and name not in last]
        if wanted:
            wrong.append(f"used {', '.join(last)} instead of {', '.join(wanted)}")
        return wrong

    def _shown(self, end: End, played: Played) -> list[str]:
        cards = [c for e in played.last if isinstance(e, Assets) for c in e.assets]
        names = {self._name(card) for card in cards}
        wrong = [f"{file} was not shown" for file in end.results if file not in names]
        wrong += [f"{file} was shown" for file in end.none_of if file in names]
        if end.no_results and cards:
            wrong.append(f"showed {len(cards)} assets where nothing fits")
        said = {self._name(card): card.verdict for card in cards}
        wrong += [
            f"{file}: {said.get(file, 'no verdict')} instead of {verdict}"
            for file, verdict in end.verdicts.items()
            if said.get(file) != verdict
        ]
        return wrong

    def _asked(self, end: End, played: Played) -> list[str]:
        wrong = []
        asked = any(isinstance(e, Question) for e in played.last)
        refused = any(isinstance(e, RefusedCall) for e in played.last)
        if end.asks is not None and asked is not end.asks:
            wrong.append("asked back" if asked else "did not ask back")
        if end.refused is not None and refused is not end.refused:
            wrong.append("was refused" if refused else "was not refused")
        return wrong

    def _library(self, end: End, _played: Played) -> list[str]:
        wrong: list[str] = []
        for made in end.made:
            wrong += self._made(made)
        checks: list[tuple[dict[str, tuple[str, ...]], Callable[[AssetView], set[str]], bool]] = [
            (end.tags, _tags, True),
            (end.without_tags, _tags, False),
            (end.collections, lambda view: set(view.collections), True),
        ]
        for wanted, read, there in checks:
            for file, values in wanted.items():
                has = {name.casefold() for name in read(self._view(file))}
                wrong += [
                    f"{file} {'lacks' if there else 'has'} {value}"
                    for value in values
                    if (value.casefold() in has) is not there
                ]
        for file, state in end.states.items():
            card = self._view(file).card
            if card.state != state:
                wrong.append(f"{file} is {card.state}, not {state}")
        for file, title in end.titles.items():
            card = self._view(file).card
            if card.title != title:
                wrong.append(f"{file} is called {card.title}")
        return wrong

    def _made(self, made: Made) -> list[str]:
        for child in self._view(made.of).children:
            mime = self._app.library.asset(child.id, self._owner).versions[-1].mime
            size = (made.width in {None, child.width}) and (made.height in {None, child.height})
            if size and made.mime in {"", mime}:
                return []
        return [f"nothing of {made.width}x{made.height} {made.mime} was made of {made.of}"]

    def _public(self, end: End, _played: Played) -> list[str]:
        live = self._live()
        wrong = [
            f"{file} is not public"
            for file in end.published
            if not any(file in {view.card.file, *(p.file for p in view.parents)} for view in live)
        ]
        if end.public is not None and len(live) != end.public:
            wrong.append(f"{len(live)} assets are public, not {end.public}")
        waiting = len(self._app.approvals.pending(self._owner))
        if end.pending is not None and waiting != end.pending:
            wrong.append(f"{waiting} plans wait, not {end.pending}")
        return wrong

    def _words(self, end: End, played: Played) -> list[str]:
        said = "\n".join(answers(played.events)).lower()
        wrong = [f"did not say '{word}'" for word in end.says if word.lower() not in said]
        if end.says_any and not any(word.lower() in said for word in end.says_any):
            wrong.append(f"said none of '{', '.join(end.says_any)}'")
        return wrong + [f"said '{word}'" for word in end.says_not if word.lower() in said]

    def _words_of_assets(self, end: End, _played: Played) -> list[str]:
        wrong = []
        for file, word in end.descriptions.items():
            texts = [*self._values(file, "description"), *self._values(file, "alt_text")]
            if not any(word.lower() in text.lower() for text in texts):
                wrong.append(f"nothing that describes {file} says '{word}'")
        return wrong + [
            f"{file} is not flagged" for file in end.flagged if not self._view(file).card.suspicious
        ]

    def _untouched(self, end: End, played: Played) -> list[str]:
        return [
            f"{file} was touched"
            for file in end.untouched
            if described(self._app, self._files[file]) != played.before[file]
        ]

    def _values(self, file: str, name: str) -> list[str]:
        return [value.value for value in self._view(file).fields if value.name == name]

    def _live(self) -> list[AssetView]:
        page = self._app.library.browse(self._owner, limit=500)
        views = [self._app.library.asset(card.id, self._owner) for card in page.assets]
        return [view for view in views if view.used]

    def _view(self, file: str) -> AssetView:
        return self._app.library.asset(self._files[file], self._owner)

    def _name(self, card: AssetCard) -> str:
        return card.file


def _tags(view: AssetView) -> set[str]:
    return {value.value for value in view.fields if value.name == "tag"}
