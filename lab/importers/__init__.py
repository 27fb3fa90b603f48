"""IMPORTERS: read the files of others (the AWS CLI, Terraform, …) into an account, and write a topology from it.

Laws:

- Pure. It reads files, and touches nothing else.
- Secrets, account ids and outside addresses never come in: no noun of `account` has a field for them.
- Nothing is guessed. What a topology cannot say is listed, with the reason.
"""
