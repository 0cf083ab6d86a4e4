"""The tagger and the sentence model as ONNX graphs, written node by node.

Written by hand and not traced, so that attention, skip connections and GELU are the runtime's fused kernels and the
int8 step finds them all. One window at a time, no padding: results never depend on what else is in a batch.
"""

from typing import Any

import numpy as np
import onnx
from model import FROZEN_LAYERS, HEADS, WIDTH, Layer, Tagger
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from onrecord.encoder.words import BREAKS, QUOTES, SHAPES

FUSED = "com.microsoft"  # the runtime's own operators: shipped inside it, nothing is loaded


class Graph:
    """Collects nodes and weights."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def keep(self, name: str, value: Tensor | np.ndarray) -> str:
        array = value.detach().numpy() if isinstance(value, Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def product(self, given: str, linear: nn.Linear, name: str) -> str:
        """The matrix product alone; the bias is added by whatever fused node comes next."""
        return self.add("MatMul", [given, self.keep(f"{name}.weight", linear.weight.T)], name)


def build_tagger(tagger: Tagger) -> onnx.ModelProto:
    """The graph: `pieces` and `features`, both int64 [1, length] → `columns` [1, length, n]."""
    graph = Graph()
    x = embed(graph, tagger, described=True)
    for index, layer in enumerate(tagger.layers):
        x = transform(graph, layer, x, f"layer{index}")
    product = graph.product(x, tagger.head, "head")
    graph.add("Add", [product, graph.keep("head.bias", tagger.head.bias)], "columns")
    return finish(graph, {"pieces": [1, "length"], "features": [1, "length"]}, {"columns": tagger.head.out_features})


def build_lower(published: Tagger) -> onnx.ModelProto:
    """What the sentence models share: `pieces`, int64 [1, length] → `hidden`, float32 [1, length, WIDTH]."""
    graph = Graph()
    x = embed(graph, published, described=False)
    for index, layer in enumerate(published.layers[:FROZEN_LAYERS]):
        x = transform(graph, layer, x, f"layer{index}")
    graph.add("Identity", [x], "hidden")
    return finish(graph, {"pieces": [1, "length"]}, {"hidden": WIDTH})


def build_upper(model: Tagger) -> onnx.ModelProto:
    """The layers above those: `hidden` → `columns`, both float32 [1, length, WIDTH]."""
    graph = Graph()
    x = "hidden"
    for index, layer in enumerate(model.layers[FROZEN_LAYERS:], FROZEN_LAYERS):
        x = transform(graph, layer, x, f"layer{index}")
    graph.add("Identity", [x], "columns")
    return finish(graph, {"hidden": [1, "length", WIDTH]}, {"columns": WIDTH})


def finish(graph: Graph, inputs: dict[str, list[int | str]], outputs: dict[str, int]) -> onnx.ModelProto:
    """The model of a graph. inputs: with their shapes; outputs: with their widths."""
    kinds = {name: TensorProto.FLOAT if name == "hidden" else TensorProto.INT64 for name in inputs}
    given = [helper.make_tensor_value_info(name, kinds[name], shape) for name, shape in inputs.items()]
    made = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "length", width]) for name, width in outputs.items()
    ]
    return helper.make_model(
        helper.make_graph(graph.nodes, "encoder", given, made, graph.weights),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)],
        ir_version=9,
    )


def embed(graph: Graph, tagger: Tagger, *, described: bool) -> str:
    words = graph.add("Gather", [graph.keep("words", tagger.words.weight), "pieces"], "word_vectors")
    graph.keep("positions", tagger.positions.weight + tagger.kind)
    graph.add("Shape", ["pieces"], "length_of", start=1, end=2)
    graph.add(
        "Slice",
        ["positions", graph.keep("zero", np.array([0])), "length_of", graph.keep("rows", np.array([0]))],
        "placed",
    )
    x = graph.add("Add", [words, "placed"], "placed_words")
    if described:
        graph.add("Gather", [graph.keep("described", feature_table(tagger)), "features"], "description")
        x = graph.add("Add", [x, "description"], "described_words")
    norm = [graph.keep("norm.weight", tagger.norm.weight), graph.keep("norm.bias", tagger.norm.bias)]
    return graph.add("LayerNormalization", [x, *norm], "embedded", epsilon=1e-12)


def feature_table(tagger: Tagger) -> np.ndarray:
    """One row for each combination of shape, break and quotation state, in the order of `encoder.words.combine`."""
    shape, broken, quoted = (table.weight.detach().numpy() for table in tagger.described)
    combined = shape[:, None, None] + broken[None, :, None] + quoted[None, None, :]
    return combined.reshape(len(SHAPES) * len(BREAKS) * len(QUOTES), WIDTH)


def transform(graph: Graph, layer: Layer, x: str, name: str) -> str:
    thirds = (layer.query, layer.key, layer.value)
    weight = np.concatenate([each.weight.detach().numpy().T for each in thirds], axis=1)
    bias = np.concatenate([each.bias.detach().numpy() for each in thirds])
    kept = [graph.keep(f"{name}.attention.weight", weight), graph.keep(f"{name}.attention.bias", bias)]
    seen = graph.add("Attention", [x, *kept], f"{name}.seen", FUSED, num_heads=HEADS)
    mixed = graph.product(seen, layer.mixed, f"{name}.mixed")
    x = skip(graph, mixed, x, layer.norm_mixed, layer.mixed, f"{name}.one")
    inner = graph.product(x, layer.inner, f"{name}.inner")
    bent = graph.add("BiasGelu", [inner, graph.keep(f"{name}.inner.bias", layer.inner.bias)], f"{name}.bent", FUSED)
    outer = graph.product(bent, layer.outer, f"{name}.outer")
    return skip(graph, outer, x, layer.norm_outer, layer.outer, f"{name}.two")


def skip(graph: Graph, given: str, x: str, norm: nn.LayerNorm, linear: nn.Linear, name: str) -> str:
    biased = graph.add("Add", [given, graph.keep(f"{name}.add", linear.bias)], f"{name}.biased")
    joined = graph.add("Add", [biased, x], f"{name}.joined")
    kept = [graph.keep(f"{name}.weight", norm.weight), graph.keep(f"{name}.bias", norm.bias)]
    return graph.add("LayerNormalization", [joined, *kept], name, epsilon=1e-12)
