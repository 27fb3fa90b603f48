"""THE NOUNS: frozen dataclasses, no I/O. Law: nothing here knows how it was written, how it runs or how it is shown."""
