"""A run compared with a baseline, as text and JSON; and the baseline file."""
