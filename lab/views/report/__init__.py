"""The report of a run as text, JSON, JUnit and Markdown, and the words that they have in common."""
