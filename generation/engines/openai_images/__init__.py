"""Engines that answer as OpenAI's images API does, or nearly so."""
