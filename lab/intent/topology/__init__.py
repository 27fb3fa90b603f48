"""Read a topology: the shape of its YAML, its names, its nouns."""
