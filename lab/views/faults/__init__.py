"""The kinds of fault as terminal text, as JSON, and as the page in docs."""
