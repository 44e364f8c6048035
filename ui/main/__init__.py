"""The entry: the one module that knows all front doors, and brings each in only when it is used."""

from ui.main.commands import main as main
