"""What would happen: requests, the pipeline, its elements and the outcome."""
