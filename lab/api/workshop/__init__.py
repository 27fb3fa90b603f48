"""WORKSHOP: start the chapters of a course, check what a student did, and keep the progress."""
