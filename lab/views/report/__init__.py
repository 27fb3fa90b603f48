"""The report of a run as text, JSON, JUnit and Markdown, and the words they share."""
