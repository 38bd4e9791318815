"""What every other package stands on; knows nothing of certificates, C# or policies."""
