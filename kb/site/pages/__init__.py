"""The site's pages: one module a kind, each with `PAGES`, what it reads, and nothing of how it looks."""
