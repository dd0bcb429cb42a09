"""The page and its HTTP interface. Nothing else in ``assistant`` imports from here."""
