"""What a Datasette needs to show a base."""
