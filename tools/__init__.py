"""What the system can do: thin tools for the model on top, core and adapters below."""
