"""What :mod:`eval.mutate` is made of: marked texts, phrasings, and what makes them false."""
