"""Pure functions: what there is to show, and a translator, become text and buttons."""
