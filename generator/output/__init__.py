"""How files come about: from templates, as folders that are replaced as a whole, as zips, CSV, a stylesheet, pictures of codes."""
