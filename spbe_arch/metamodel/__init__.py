"""The element types of the six layers, their relationships and the reference codes."""
