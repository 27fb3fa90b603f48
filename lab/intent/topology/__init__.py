"""Read a topology: compare its YAML with the expected shape, collect its names, and build the typed objects."""
