"""What a certificate is and whether to believe it. Never heard of policies."""
