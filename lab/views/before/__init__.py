"""Output of commands without a lab: problems in files, and the checks that would run. It is plain text without rich, which loads slowly."""
