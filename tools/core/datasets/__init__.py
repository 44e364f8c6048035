"""Tables as assets: columns, what they hold, and whom they are about."""
