"""Chat models that choose tools: a remote endpoint or the local model."""
