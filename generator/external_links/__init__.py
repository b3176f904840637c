"""Outside addresses: where they stand, asking them, what their answers mean, what is kept and told of them."""
