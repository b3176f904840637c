"""What readers do on the site, in a real Chromium."""
