"""Reading a topology: the shape of its YAML, the names it gives, the nouns."""
