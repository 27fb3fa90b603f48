"""Predictions as text and as JSON. The text is made without rich, which loads slowly."""
