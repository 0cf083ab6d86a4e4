"""SHA-256 of every model file, written by training/export.py. A file with another hash is never loaded."""

MANIFEST: dict[str, str] = {
    "links.json": "f4e3f31ac8338c163f45134c37ee6c9fabae967985051ee53c6fb6ffb1e144d5",
    "sentences.onnx": "5707cea4d2cbc151e1ee6e716a5629a7ba8f0e785982eccbe9c44ae700f9d059",
    "tagger.onnx": "872d833504bb5e2dbbc21cac667fd6d82b0b6255d3f51546fe9d716a03397d07",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
