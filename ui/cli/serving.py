"""`dalm serve` and `dalm demo`: the web chat and the API on one address of this machine."""

import errno
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import NoReturn

import click

from agent.app import App
from agent.views import DomainError, Fixable, Refused
from ui import render
from ui.cli.door import Ticker
from ui.cli.house import House
from ui.cli.library import report_outcomes

SMALL = 100_000_000
FIVE = (
    "show me animals",
    "make the second one an instagram story and a youtube thumbnail",
    "may we use it on instagram in germany?",
    "translate the product sheet into Portuguese",
    "publish the story to the website",
)


@click.command()
@click.option("--host", help="The address to listen on; others than this machine's need sign-in.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 takes a free one.")
@click.pass_obj
def serve(house: House, host: str | None, port: int | None) -> None:
    """Serve the web chat and the API on this machine."""
    with listening(house, host, port) as place, house.app(own=True) as app:
        serve_until_stopped(house, app, place)


@click.command()
@click.option("--host", help="The address to listen on; others than this machine's need sign-in.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 takes a free one.")
@click.pass_obj
def demo(house: House, host: str | None, port: int | None) -> None:
    """Fetch the model files, load the sample library and serve the web chat."""
    with listening(house, host, port) as place, house.app(own=True) as app:
        fetch_small(app)
        click.echo("Loading the sample library; again is harmless.", err=True)
        report_outcomes(app.admin.load_samples(app.admin.person()), as_json=False)
        with fetching_the_rest(app):
            serve_until_stopped(house, app, place)


@contextmanager
def listening(house: House, host: str | None, port: int | None) -> Iterator[socket.socket]:
    """Take the address before anything slow is done.

    Raises Refused for an address that others can reach, and Fixable for one that is in use.
    """
    host = host or house.settings.host
    port = house.settings.port if port is None else port
    if not loopback(host):
        raise Refused(
            f"Not listening on {host}: without sign-in everybody who reaches it would be the "
            "owner, and sign-in is not built yet. Use 127.0.0.1, and a tunnel from elsewhere."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((host, port))
            place.listen(128)
        except OSError as error:
            raise Fixable(unusable(house, host, port, error)) from error
        with terminable():
            yield place


def unusable(house: House, host: str, port: int, error: OSError) -> str:
    """Say why an address cannot be had, and what to do."""
    if error.errno != errno.EADDRINUSE:
        return f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port."
    found = house.ways.running(house.home())
    if found and found.url.endswith(f":{port}"):
        return f"It is being served already: open {found.url} (process {found.pid})."
    return f"Port {port} is in use by another program. Choose another: --port {port + 1}"


def loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def serve_until_stopped(house: House, app: App, place: socket.socket) -> None:
    """Serve on a socket that listens, and print where once it answers."""
    import uvicorn  # noqa: PLC0415 - slow

    host, port = place.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            click.echo(greeting(url))

    click.echo("Preparing the page ...", err=True)
    site = house.ways.site(app, house.home())
    config = uvicorn.Config(
        site, log_config=None, access_log=False, proxy_headers=False, timeout_graceful_shutdown=3
    )
    with house.ways.announced(house.home(), url):
        Server(config).run(sockets=[place])


def greeting(url: str) -> str:
    """Say where it is served, and what to ask there."""
    asks = "\n".join(f"  {number}. {ask}" for number, ask in enumerate(FIVE, 1))
    return f"\nOpen {url}\n\nFive things to ask:\n{asks}\n\nCtrl-C stops it."


@contextmanager
def terminable() -> Iterator[None]:
    """Let a polite kill end the program as Ctrl-C does: everything is closed in order."""

    def leave(number: int, frame: object) -> NoReturn:
        del number, frame
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)


def fetch_small(app: App) -> None:
    """Fetch the model files that search needs, small ones first; go on without when it fails."""
    missing = [model for model in app.admin.models() if model.state in {"missing", "damaged"}]
    small = sorted((m.size, m.name) for m in missing if m.size < SMALL)
    if not small:
        return
    for size, name in small:
        click.echo(f"Fetching {name} ({render.size(size)})", err=True)
    ticker = Ticker()
    try:
        app.admin.fetch_models([name for _, name in small], ticker.report)
    except DomainError as error:
        ticker.clear()
        click.echo(f"{render.plain(str(error), 800)} Going on without.", err=True)
    finally:
        ticker.clear()


class Enough(Exception):
    """The program ends; a fetch goes on next time where it stopped."""


@contextmanager
def fetching_the_rest(app: App) -> Iterator[None]:
    """Fetch what is still missing, the big brain above all, while the page is served."""
    ending = threading.Event()

    def report(done: int, total: int, note: str) -> None:
        del done, total, note
        if ending.is_set():
            raise Enough

    def fetch() -> None:
        try:
            app.admin.fetch_models((), report)
        except Enough:
            pass
        except DomainError as error:
            click.echo(render.plain(str(error), 800), err=True)

    thread = threading.Thread(target=fetch, name="dalm-models", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(timeout=5)
