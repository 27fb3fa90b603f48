"""A run compared with a baseline: text and JSON, and the baseline file itself."""
