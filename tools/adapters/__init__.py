"""The outside world behind the ports of the core, one engine each."""
