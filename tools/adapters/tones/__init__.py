"""How texts read, told by how near they are to worked sentences in eight languages."""
