"""The commands, thin: options in, a few domain functions, a table or JSON out."""
