"""Reference pages: all keys of a YAML file, made from its JSON Schema."""
