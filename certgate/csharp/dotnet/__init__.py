"""One module per .NET type or family: its members by their C# signature, and what they do."""
