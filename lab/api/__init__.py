"""The verbs a door may ask for. Law: the one room that knows every other; it connects them and decides nothing itself.

A door imports the verb's own module, so that `lab-exec` does not wait for what only `lab-test` needs.
"""
