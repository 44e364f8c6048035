"""Vision services elsewhere, each through its own client library, imported when used."""
