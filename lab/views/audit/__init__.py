"""Show findings about a design as text, as JSON and as SARIF. The text is made without rich, which loads slowly."""
