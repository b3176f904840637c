"""`playbook collect` and the page /team/, which follow the same rules."""
