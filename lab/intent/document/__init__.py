"""Read any YAML file: as plain data with line numbers, compared with a shape, with a message for every mistake."""
