"""Show what commands without a lab find: problems in files, and the checks that would run.

The text is made without rich, which loads slowly.
"""
