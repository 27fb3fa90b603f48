"""Findings about a design as text, as JSON and as SARIF. Plain text without rich, so it appears at once."""
