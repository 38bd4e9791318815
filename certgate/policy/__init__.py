"""What was written: policy documents, their places, named values and compiled expressions."""
