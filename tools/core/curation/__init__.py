"""What people say about what machines said: that it is wrong, or that it is right after all."""
