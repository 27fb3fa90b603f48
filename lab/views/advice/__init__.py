"""What single additions would save, as text and as JSON. Plain text without rich, so it appears at once."""
