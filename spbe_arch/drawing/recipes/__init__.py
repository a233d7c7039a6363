"""One viewpoint a file: `sheets` draws a view, `HEADING` is the number and name in both languages."""
