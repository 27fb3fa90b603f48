"""Reading any YAML file: plain data with lines, held against a shape, and the words of every mistake."""
