"""One viewpoint a file: `sheets` makes sheets of a view, `HEADING` is its number and name in both languages."""
