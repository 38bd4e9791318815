"""From a certificate to a verdict: finding a path, judging it, and saying what else there was."""
