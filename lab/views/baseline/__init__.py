"""The baseline file, and the comparison of a run with a baseline, as text and JSON."""
