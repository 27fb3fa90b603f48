"""Read a check: compare its YAML with the expected shape, resolve its names, and find promises that cannot be kept."""
