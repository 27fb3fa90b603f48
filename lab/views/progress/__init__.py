"""PROGRESS: what a run does just now, for a person who waits - a live line on a terminal, lines that stay in a log."""
