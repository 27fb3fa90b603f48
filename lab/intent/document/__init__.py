"""Read any YAML file as plain data with line numbers, and compare it with a pydantic model."""
