"""THE NOUNS: frozen dataclasses without I/O. Law: a noun does not know how it was written, how it runs or how it is shown."""
