"""How fast and how large Rigwise is, with the LangChain recipe beside it in the same run."""
