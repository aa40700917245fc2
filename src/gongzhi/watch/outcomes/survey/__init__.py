"""A drawn sample of residents is asked how their matter was handled; answers hang on no matter."""
