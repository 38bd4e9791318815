"""What policies ask of certificates: the client's, the uploaded ones, and whom a tier trusts."""
