"""Things that documents share: which names mean one body or one indicator, by rules and by what people decided."""
