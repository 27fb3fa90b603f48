"""Make the reference pages of all keys of a YAML file from its JSON Schema."""
