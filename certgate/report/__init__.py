"""Results in, text out. Nothing here reads files, prints or decides."""
