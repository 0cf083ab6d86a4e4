"""Text → label scores and sentence vectors; the only room that knows ONNX."""
