"""Views: thin live panels over pure models, each with a static twin in words.

`base` (the pattern and its controls), `markup` (pieces of HTML), `slider`, and one module per view.
No rule of the course's subject lives here.
"""
