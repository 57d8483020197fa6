"""Understanding, calculating, answering and checking; the front ends stand on top."""
