"""The kinds of fault, as text, as JSON, and as a page in docs."""
