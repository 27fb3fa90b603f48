"""Reading a check: the shape of its YAML, its names, promises that can be kept."""
