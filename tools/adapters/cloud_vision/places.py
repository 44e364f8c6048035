"""Where a service is, and whether its client library is here."""

from importlib.util import find_spec
from urllib.parse import urlsplit

from tools.core.errors import Fixable

INSTALL = "install its client library: pip install 'dalm[cloud]', or make cloud"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CONNECT_SECONDS, ANSWER_SECONDS = 10, 60
# What a service that is in trouble answers before it has looked at anything.
TROUBLED = frozenset({429, 500, 502, 503})


def installed(module: str) -> bool:
    """Tell whether a module could be imported, without importing it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def host_of(endpoint: str) -> str:
    """Give host and port of an address.

    Raises Fixable for one that is not https, unless it is this machine.
    """
    parts = urlsplit(endpoint)
    plain = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or plain):
        raise Fixable(
            f"'{endpoint[:80]}' is no address that pictures may go to: begin with https://"
        )
    return parts.netloc.rpartition("@")[2]


def here(endpoint: str) -> bool:
    """Tell whether an address is a server on this machine, which needs no account."""
    return urlsplit(endpoint).hostname in LOOPBACK


def seconds_of(header: str | None) -> float | None:
    """Read Retry-After where it is in seconds."""
    try:
        return max(0.0, float(header or ""))
    except ValueError:
        return None
