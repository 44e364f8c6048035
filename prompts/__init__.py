"""Every word the model is told, as Markdown files."""
