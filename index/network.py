"""Write the packaged encoder's network as an ONNX graph, straight from its weights.

The operators are ONNX Runtime's own for this family of networks: each is one step of the BERT
paper. Neither torch nor sentence-transformers is loaded, which takes longer than all the rest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

Weights = dict[str, npt.NDArray[np.float32]]

RUNTIME = "com.microsoft"  # the domain of ONNX Runtime's own operators


class _Graph:
    """Nodes and weights while the network is written down."""

    def __init__(self, weights: Weights, epsilon: float) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: list[TensorProto] = []
        self._weights = weights
        self._epsilon = epsilon

    def weight(self, name: str, value: npt.NDArray[np.float32] | None = None) -> str:
        """Add a weight, from the model if no value is given; return its name."""
        array = self._weights[name] if value is None else value
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def apply(
        self,
        kind: str,
        inputs: Sequence[str],
        output: str,
        domain: str = RUNTIME,
        **settings: Any,  # noqa: ANN401 - what an operator may be told depends on the operator
    ) -> str:
        """Add an operator; return the name of its first output."""
        outputs = [output, "unused"] if kind == "EmbedLayerNormalization" else [output]
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **settings))
        return output

    def multiply(self, value: str, layer: str, output: str) -> str:
        """Multiply by a layer's weights; its bias is for the next operator to add."""
        weights = self.weight(f"{layer}.weight", self._weights[f"{layer}.weight"].T)
        return self.apply("MatMul", [value, weights], output, "")

    def add_and_norm(self, value: str, skipped: str, layer: str, output: str) -> str:
        """Add the bias and what went around a layer, then normalise."""
        inputs = [
            value,
            skipped,
            self.weight(f"{layer}.LayerNorm.weight"),
            self.weight(f"{layer}.LayerNorm.bias"),
            self.weight(f"{layer}.dense.bias"),
        ]
        return self.apply("SkipLayerNormalization", inputs, output, epsilon=self._epsilon)

    def embed(self) -> str:
        """Look up words and positions; all text is of the first segment."""
        names = ("word_embeddings", "position_embeddings", "token_type_embeddings")
        tables = [self.weight(f"embeddings.{name}.weight") for name in names]
        norm = [self.weight(f"embeddings.LayerNorm.{part}") for part in ("weight", "bias")]
        # Zeros of the shape of the ids: the segment of every word piece.
        self.tensors.append(numpy_helper.from_array(np.zeros(1, np.int32), "none"))
        self.apply("Cast", ["input_ids"], "ids", "", to=TensorProto.INT32)
        self.apply("Cast", ["attention_mask"], "mask", "", to=TensorProto.INT32)
        self.apply("Mul", ["ids", "none"], "segments", "")
        inputs = ["ids", "segments", *tables, *norm]
        return self.apply("EmbedLayerNormalization", inputs, "embedded", epsilon=self._epsilon)

    def attend(self, value: str, layer: str, heads: int) -> str:
        """Let every word piece look at the others."""
        parts = [f"{layer}.attention.self.{name}" for name in ("query", "key", "value")]
        weights = np.concatenate([self._weights[f"{part}.weight"].T for part in parts], axis=1)
        biases = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        inputs = [
            value,
            self.weight(f"{layer}.attention.weight", weights),
            self.weight(f"{layer}.attention.bias", biases),
            "mask",
        ]
        seen = self.apply("Attention", inputs, f"{layer}.seen", num_heads=heads)
        out = f"{layer}.attention.output"
        mixed = self.multiply(seen, f"{out}.dense", f"{layer}.mixed")
        return self.add_and_norm(mixed, value, out, f"{layer}.attended")

    def think(self, value: str, layer: str, output: str) -> str:
        """Widen each word piece, bend it, and narrow it again."""
        inner = f"{layer}.intermediate.dense"
        wide = self.multiply(value, inner, f"{layer}.wide")
        bent = self.apply("BiasGelu", [wide, self.weight(f"{inner}.bias")], f"{layer}.bent")
        narrow = self.multiply(bent, f"{layer}.output.dense", f"{layer}.narrow")
        return self.add_and_norm(narrow, value, f"{layer}.output", output)


def write_network(model: Path, path: Path) -> None:
    """Write the BERT network in a sentence-transformers folder to an ONNX file.

    Inputs are input_ids and attention_mask, shape (texts, pieces); the output is tokens, shape
    (texts, pieces, dimensions).
    """
    config = json.loads((model / "config.json").read_text("utf-8"))
    graph = _Graph(load_file(model / "model.safetensors"), config["layer_norm_eps"])
    value = graph.embed()
    layers = config["num_hidden_layers"]
    for n in range(layers):
        layer = f"encoder.layer.{n}"
        value = graph.attend(value, layer, config["num_attention_heads"])
        value = graph.think(value, layer, "tokens" if n == layers - 1 else f"{layer}.out")
    shape = ["texts", "pieces"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask")
    ]
    size = [*shape, config["hidden_size"]]
    output = helper.make_tensor_value_info("tokens", TensorProto.FLOAT, size)
    made = helper.make_model(
        helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.tensors),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(RUNTIME, 1)],
        ir_version=8,
    )
    onnx.save(made, path)
