"""SHA-256 of every model file, written by training/export.py. A file with another hash is never loaded."""

MANIFEST: dict[str, str] = {
    "links.json": "cfe4533af7922a0e231f68f61eb8682da836cc703a8e54be30d99ed06450d322",
    "sentences.onnx": "5707cea4d2cbc151e1ee6e716a5629a7ba8f0e785982eccbe9c44ae700f9d059",
    "tagger.onnx": "52ef31613c6922fc43957b3863c26ed8cc3e7e159c720a554e9616ce62c04c61",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
