"""What people write by hand, as files: how it is read, and how each error in a file is reported."""
