"""Views: each viewpoint is one file, a function from an architecture to a picture as data."""
