"""``System.Security.Cryptography``: hashes, ciphers, keys, randomness."""
