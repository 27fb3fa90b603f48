"""PROGRESS: show what a run does now: a live line on a terminal, lines that stay in a log."""
