"""`dalm eval` and `dalm bench`: handed on to the evals."""

from importlib import import_module

import click

PASSED_ON = {"ignore_unknown_options": True, "help_option_names": []}


@click.command("eval", context_settings=PASSED_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def evaluate(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Run the cases and score what they leave behind."""
    handed_on(context, "evals.cases", arguments)


@click.command("bench", context_settings=PASSED_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def bench(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Measure speed against bounds and peers."""
    handed_on(context, "evals.bench", arguments)


def handed_on(context: click.Context, module: str, arguments: tuple[str, ...]) -> None:
    """Run `main(arguments)` of a module and leave with its exit code."""
    try:
        found = import_module(module)
    except ModuleNotFoundError as error:
        if error.name not in {module, module.partition(".")[0]}:
            raise
        click.echo(f"This installation has no {module}; it comes with the repository.", err=True)
        context.exit(2)
    context.exit(found.main([*arguments]))
