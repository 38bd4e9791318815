"""The expression language of policies: C# 7.3, bound statically. Never heard of API Management."""
