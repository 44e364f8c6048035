"""The entry: the one module that knows all doors, and brings each in only when it is used."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fastapi import FastAPI

    from agent.app import App
    from agent.settings import Settings
    from agent.views import Report, Survey
    from ui.remote import Running

COMMANDS = {
    "demo": ("ui.cli.serving:demo", "Everything at once: models, samples, the web chat."),
    "chat": ("ui.cli.chat:chat", "Talk with the agent in this terminal."),
    "serve": ("ui.cli.serving:serve", "Serve the web chat and the API on this machine."),
    "survey": ("ui.cli.survey:survey", "Look at a folder before it is taken in; read-only."),
    "ingest": ("ui.cli.library:ingest", "Take files and folders into the library."),
    "search": ("ui.cli.library:search", "Find assets; with '-', one query a line of the input."),
    "like": ("ui.cli.like:like", "Find what is like an asset or a picture file."),
    "ask": ("ui.cli.talk:ask", "Ask for something in plain language."),
    "pending": ("ui.cli.talk:pending", "List the plans that wait for a decision."),
    "approve": ("ui.cli.talk:approve", "Approve a plan that waits, and carry it out."),
    "reject": ("ui.cli.talk:reject", "Reject a plan that waits, or a machine's value."),
    "conform": ("ui.cli.review:conform", "Report names and fields that break the conventions."),
    "review": ("ui.cli.review:review", "Decide what models were too unsure of to say."),
    "rejected": ("ui.cli.talk:rejected", "List rejected values, or revoke one."),
    "run": ("ui.cli.talk:run", "Call one tool, without any model."),
    "audit": ("ui.cli.system:audit", "List who did what and when; `audit verify` checks it."),
    "usage": ("ui.cli.system:usage", "List what chat models used: tokens and cost."),
    "forget": ("ui.cli.library:forget", "Remove every trace of assets."),
    "export": ("ui.cli.export:export", "Copy assets to a folder, with what is known of them."),
    "taxonomy": ("ui.cli.taxonomy:taxonomy", "Concepts: import, show, accept, proposed, export."),
    "write-sidecars": ("ui.cli.export:write_sidecars", "Write XMP files beside your originals."),
    "cloud": ("ui.cli.cloud:cloud", "Vision services elsewhere: forecast, grant, run, revoke."),
    "duplicates": ("ui.cli.library:duplicates", "Report what is there twice; deletes nothing."),
    "reindex": ("ui.cli.library:reindex", "Rebuild search, vectors and thumbnails."),
    "models": ("ui.cli.system:models", "List the model files; `models fetch` gets them."),
    "doctor": ("ui.cli.system:doctor", "Say what is installed, and how to fix what is not."),
    "eval": ("ui.main:evaluate", "Run the cases and score what they leave behind."),
    "bench": ("ui.main:bench", "Measure speed against bounds and peers."),
}
LATER = {
    "slack": "The Slack door is not built yet; `dalm serve` has the web chat, `dalm chat` too.",
    "mcp": "The MCP door is not built yet; `dalm serve` has an HTTP API on this machine.",
    "worker": "Separate workers are not built yet; who owns the library does its jobs.",
}


class Ways:
    """The ways into the application and out to the doors; slow to import, so taken when needed."""

    def settings(self) -> "Settings":
        """Read the settings."""
        from agent.settings import load_settings  # noqa: PLC0415

        return load_settings()

    def open_app(
        self, settings: "Settings", attach_note: Callable[[str], None], purpose: str
    ) -> "AbstractContextManager[App]":
        """Open the application in this process; `attach_note` hears who else has the library."""
        from agent.bootstrap import open_app  # noqa: PLC0415

        return open_app(settings, attach_note=attach_note, purpose=purpose)

    def survey(self, settings: "Settings", paths: Sequence[Path], report: "Report") -> "Survey":
        """Look at files that are not in the library."""
        from agent.bootstrap import surveyor  # noqa: PLC0415

        return surveyor(settings).survey(paths, report)

    def running(self, home: Path) -> "Running | None":
        """Find the server that runs, most often none."""
        if not (home / "run" / "server.json").exists():
            return None
        from ui.remote import running  # noqa: PLC0415

        return running(home)

    def attach(self, home: Path) -> "AbstractContextManager[App] | None":
        """Lend the application of the server that runs."""
        if self.running(home) is None:
            return None
        from ui.remote import attach  # noqa: PLC0415

        return attach(home)

    def announced(self, home: Path, url: str) -> AbstractContextManager[None]:
        """Say that this process serves."""
        from ui.remote import announced  # noqa: PLC0415

        return announced(home, url)

    def site(self, app: "App", home: Path) -> "FastAPI":
        """Put the web chat and the API, with a new token, on one address."""
        from ui import api, web  # noqa: PLC0415
        from ui.remote import new_token  # noqa: PLC0415

        site = web.build(app, lambda _request: app.admin.person())
        site.include_router(api.router(app, new_token(home), home / "run"))
        routes = site.router.routes
        routes.insert(0, routes.pop())  # the page is mounted at the root and would answer for all
        return site


class Dalm(click.Group):
    """The commands, in the order in which people need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands that work."""
        del ctx
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Bring a command in."""
        del ctx
        if cmd_name in LATER:
            return _later(cmd_name)
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without bringing them in."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a failure that has words for the person becomes those words."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, OSError):
            raise
        except Exception as error:
            from agent.views import DomainError  # noqa: PLC0415 - slow, and `--help` is not
            from ui import render  # noqa: PLC0415

            if isinstance(error, DomainError):
                click.echo(render.plain(str(error), 1200), err=True)
                ctx.exit(1)
            raise


def _version(context: click.Context, option: click.Parameter, value: object) -> None:
    del option
    if value and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow

        try:
            click.echo(f"dalm {version('dalm')}")
        except PackageNotFoundError:
            click.echo("dalm, run from its source without being installed")
        context.exit()


@click.command(cls=Dalm, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and leave.",
)
@click.pass_context
def dalm(context: click.Context) -> None:
    """A chat agent for your library of digital assets.

    Find, tag, repurpose, clear, publish and dispose of images, video and documents. Nothing is
    published or deleted before a named person has approved exactly that.
    """
    if context.obj is None:
        from ui.cli.house import House  # noqa: PLC0415 - slow, and `--help` is not

        context.obj = House(Ways())


def main() -> None:
    """Run the command line."""
    dalm(prog_name="dalm")


def _handed_on(name: str, module: str) -> click.Command:
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    @click.pass_context
    def answer(context: click.Context, arguments: tuple[str, ...]) -> None:
        try:
            found = import_module(module)
        except ModuleNotFoundError as error:
            if error.name not in {module, module.partition(".")[0]}:
                raise
            click.echo(f"`dalm {name}` wants {module}, which this installation lacks.", err=True)
            context.exit(2)
        context.exit(found.main([*arguments]))

    passed = {"ignore_unknown_options": True, "help_option_names": []}
    return click.command(name, context_settings=passed)(answer)


evaluate = _handed_on("eval", "evals.command")
bench = _handed_on("bench", "evals.bench.command")


def _later(name: str) -> click.Command:
    @click.pass_context
    def answer(context: click.Context) -> None:
        click.echo(LATER[name], err=True)
        context.exit(2)

    return click.Command(
        name,
        callback=answer,
        hidden=True,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )


if __name__ == "__main__":
    main()
