"""Workshops as text: chapters, hints, solutions, and how far everybody is."""
