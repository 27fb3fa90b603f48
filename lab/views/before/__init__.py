"""Output that needs no lab: problems in the files, and the checks that would run. Plain text without rich, so it appears at once."""
