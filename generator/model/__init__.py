"""The records: what each file of data/ holds, and the grammar of ids."""
