"""Building, serving and releasing the whole site."""
