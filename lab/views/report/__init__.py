"""The report of a run: text, JSON, JUnit, Markdown, and the words they share."""
