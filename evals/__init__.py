"""Question sets, metrics, baselines and reports: how anyone knows whether answers got better."""
