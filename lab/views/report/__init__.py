"""Show the report of a run as text, JSON, JUnit and Markdown. Has the words that these have in common."""
