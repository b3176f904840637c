"""All of data/ as one index: read, validated, with the address of each record."""
