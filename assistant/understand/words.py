"""Words that say little by themselves."""

from __future__ import annotations

import re

# What people say before they say something.
FILLER = re.compile(
    r"(?i)^(?:(?:ok(?:ay)?|hm+|thanks?(?: you)?|great|cool|i see|got it|yes|no|right|well|sure|ah+|"
    r"oh|fine|alright|good)\b[\s,.!;:-]*)+"
)
PRONOUN = re.compile(
    r"(?i)\b(?:it|its|it's|that|this|those|these|they|them|their|one|ones|both|each|either)\b"
)
