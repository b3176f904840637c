"""What the pages say, and how they read."""
