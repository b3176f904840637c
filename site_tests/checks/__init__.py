"""What the data is checked for beyond the shape of its files."""
