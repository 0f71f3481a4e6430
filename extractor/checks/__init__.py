"""Facts → verdicts. Each check is one file, a pure generator; `catalogue.py` lists them."""
