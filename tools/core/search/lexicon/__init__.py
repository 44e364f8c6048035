"""What things are called in eight languages, and which classes of the models show them."""
