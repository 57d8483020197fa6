"""Look over a build: recognise its parts, run the guide's rules, give verdicts."""
