"""What may be done with an asset: rules, the engine that decides by them, and their keeping."""
