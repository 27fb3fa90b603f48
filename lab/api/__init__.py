"""The verbs that a door may use. Law: this room knows every other room. It connects them and decides nothing itself.

A door imports the verb's own module, so that `lab-exec` does not load what only `lab-test` needs.
"""
