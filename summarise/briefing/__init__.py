"""Cited sentences made of a story's facts: what is told, how it is worded, whether it holds."""
