"""THE NOUNS: frozen dataclasses that neither read nor write anything. Law: a noun does not know how it is written, run or shown."""
