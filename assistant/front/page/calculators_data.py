"""The forms on moving data: PCIe, disk, gradients between GPUs, video streams."""

from __future__ import annotations

from assistant.front.page.calculators_fields import (
    BYTES,
    GENERATION,
    LANES,
    Field,
    Form,
    batch_fields,
)

_SIZE = "How do you give the mini-batch?"
_IMAGES = (("images", "As images"), ("shape", "As a shape"))

PCIE_TRANSFER = Form(
    "pcie_transfer",
    "How long a mini-batch takes to the GPU, beside the time of computing it.",
    asks=(("time", "How long does it take?"), ("lanes", "How many lanes does it need?")),
    ways=_IMAGES,
    way_label=_SIZE,
    fields=(
        *batch_fields(),
        Field("lanes", "Lanes of the GPU", "", "choice", options=LANES, value="8", asks="time"),
        Field("transfer_time", "Time that it may take", "", unit="ms", value="5", needed=True,
              asks="lanes"),
        Field("step_time", "Forward and backward pass",
              "Of one mini-batch; 216 ms for ResNet-152 in the guide.", unit="ms", value="216",
              asks="time"),
        GENERATION,
        BYTES,
    ),
)  # fmt: skip

DISK_READ = Form(
    "disk_read",
    "Whether reading from disk holds up training.",
    asks=(
        ("kind", "How fast is a kind of drive?"),
        ("rate", "How fast is a speed I know?"),
        ("speed", "Which speed is needed?"),
    ),
    ways=(*_IMAGES, ("bytes", "As MB")),
    way_label=_SIZE,
    fields=(
        *batch_fields(),
        Field("bytes", "Size of the mini-batch", "On disk, as it is read.", value="20",
              needed=True, ways="bytes", units=(("MB", "MB"), ("GB", "GB"), ("", "bytes"))),
        Field("drive", "Kind of drive", "", "choice", value="hdd", asks="kind",
              options=(("hdd", "Hard drive, 100 MB/s"), ("sata_ssd", "SATA SSD, 550 MB/s"),
                       ("nvme", "NVMe SSD, 3500 MB/s"))),
        Field("speed", "Speed of the drive", "", unit="MB/s", value="250", needed=True,
              asks="rate"),
        Field("step_time", "Computing a mini-batch", "On the GPU; about 200 ms in the guide.",
              unit="ms", value="200", asks="kind rate"),
        Field("step_time", "Computing a mini-batch", "Reading may take as long, fetched ahead.",
              unit="ms", value="200", needed=True, asks="speed"),
        Field("asynchronous", "The next mini-batch is read", "", "choice", asks="kind rate",
              value="", options=(("", "show both"), ("true", "while this one is computed"),
                                 ("false", "when this one is done"))),
        Field("read_time", "Time that reading may take", "Instead of the time of computing.",
              unit="ms", asks="speed", more=True),
        BYTES,
    ),
)  # fmt: skip

GRADIENT_SYNC = Form(
    "gradient_sync",
    "How often several GPUs can exchange gradients, and how training scales.",
    asks=(("rate", "How well does it scale?"), ("speedup", "Which connection does it need?")),
    ways=(("lanes", "By PCIe lanes"), ("bandwidth", "By GB/s")),
    way_label="How are the GPUs connected?",
    way_asks="rate",
    fields=(
        Field("parameters", "Values to exchange", "The parameters of the network.", value="25",
              needed=True,
              units=(("million", "million"), ("billion", "billion"), ("", "exactly"))),
        Field("gpus", "How many GPUs", "Working on one network.", unit="GPUs", value="4",
              needed=True),
        Field("lanes", "Lanes of each GPU", "", "choice", options=LANES, value="8", asks="rate",
              ways="lanes"),
        Field("bandwidth", "Bandwidth", "InfiniBand: 8, 16 or 25.", unit="GB/s", value="8",
              needed=True, asks="rate", ways="bandwidth"),
        Field("batches_per_second", "Mini-batches a second", "That one GPU computes.",
              unit="a second", value="5", asks="rate"),
        Field("batches_per_second", "Mini-batches a second", "That one GPU computes.",
              unit="a second", value="5", needed=True, asks="speedup"),
        Field("speedup", "Speed-up wanted", "Over one GPU.", unit="times", value="3",
              needed=True, asks="speedup"),
        GENERATION,
        BYTES,
    ),
)  # fmt: skip

VIDEO_STREAMS = Form(
    "video_streams",
    "How many video streams a card handles, scaled from a number that is known.",
    asks=(("streams", "How many streams?"), ("fps", "At which frame rate?")),
    fields=(
        Field("streams", "Streams known to work", "At once, on your card.", unit="streams",
              value="9", needed=True),
        Field("from_height", "Their height", "720p is 720.", unit="pixels", value="720",
              needed=True),
        Field("from_fps", "Their frame rate", "", unit="frames/s", value="15", needed=True),
        Field("to_streams", "Streams wanted", "", unit="streams", value="20", needed=True,
              asks="fps"),
        Field("to_height", "Height wanted", "The same if left empty.", unit="pixels",
              value="1080"),
        Field("to_fps", "Frame rate wanted", "The same if left empty.", unit="frames/s",
              value="3", asks="streams"),
        Field("to_streams", "Streams wanted", "Is the card enough?", unit="streams",
              asks="streams", more=True),
    ),
)  # fmt: skip
