"""The shape of a knowledge base: `schema.sql` makes tables, indexes and the views that show facts with their labels."""
