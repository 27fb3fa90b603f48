"""PROGRESS: show what a run is doing now. On a terminal: a live line, which changes. In a log: lines that are only added."""
