"""Two editions side by side: each is read, brought to one form, and compared by what it publishes."""
