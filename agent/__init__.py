"""The conversation and the application: graphs, brains, the facade and the composition root."""
