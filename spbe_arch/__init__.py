"""The architecture of a government, kept as text in git, checked like code, drawn like a document."""
