"""A client of the HTTP API that is an App: the commands' way into a running `dalm serve`."""

from ui.remote.running import Running as Running
from ui.remote.running import announced as announced
from ui.remote.running import attach as attach
from ui.remote.running import new_token as new_token
from ui.remote.running import running as running
