"""Language models behind the gateway: their prompts and answers, limits of tokens, similar prompts, content safety."""
