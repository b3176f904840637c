"""The records of data/ and their index: what each error in them is reported as."""
