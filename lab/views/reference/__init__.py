"""Reference pages: every key of a document, made from its JSON Schema."""
