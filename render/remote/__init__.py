"""The remote renderer: stills and clips from servers that speak the OpenAI wire, bought once."""
