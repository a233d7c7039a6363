"""Speed, measured on generated models."""
