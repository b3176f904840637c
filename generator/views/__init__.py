"""What a page shows: small frozen values, ready for templates, which only print them."""
