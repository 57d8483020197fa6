"""From words to a question that stands alone, with its quantities, parts and intent."""
