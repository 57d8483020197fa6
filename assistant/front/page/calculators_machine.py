"""The forms on what fits into a machine: slots, cooling, CPU, RAM, memory of the cards."""

from __future__ import annotations

from assistant.front.page.calculators_fields import Field, Form

SLOTS_AND_LANES = Form(
    "slots_and_lanes",
    "The slots that cards cover, and how the CPU’s PCIe lanes are shared.",
    asks=(("gpus", "What do my GPUs need?"), ("fit", "How many GPUs fit?")),
    fields=(
        Field("gpus", "How many GPUs", "", unit="GPUs", value="4", needed=True, asks="gpus"),
        Field("cpu_lanes", "PCIe lanes of the CPU", "16 in most desktops, 40 to 64 in "
              "workstations; of both CPUs where there are two.", unit="lanes", value="40"),
        Field("slots", "Expansion slots", "Next to each other on board and case.", unit="slots",
              value="8"),
        Field("gpu_width", "A card covers", "Two slots for most.", "choice",
              options=(("1", "1 slot"), ("2", "2 slots"), ("2.5", "2½ slots"), ("3", "3 slots"),
                       ("4", "4 slots")), value="2"),
        Field("ssd_lanes", "Lanes of PCIe SSDs", "An NVMe SSD on the CPU takes 4.",
              unit="lanes", more=True),
        Field("switch_lanes", "Lanes of PCIe switches", "Offered to GPUs by PLX chips, together.",
              unit="lanes", more=True),
        Field("switches", "How many switches", "One for every 32 lanes if left empty.",
              more=True),
    ),
)  # fmt: skip

COOLING = Form(
    "cooling",
    "How much heat slows cards down, and what to do about it.",
    asks=(("slowdown", "How much slower do they get?"),
          ("budget", "How many does my money water-cool?")),
    fields=(
        Field("gpus", "How many GPUs", "", unit="GPUs", value="4", needed=True, asks="slowdown"),
        Field("spacing", "They stand", "", "radio", value="adjacent", asks="slowdown",
              options=(("adjacent", "next to each other"), ("spaced", "with space between"))),
        Field("fan", "Their fans", "A blower drives the air out of the case.", "radio",
              value="open", asks="slowdown",
              options=(("blower", "blower"), ("open", "open"), ("", "not known"))),
        Field("water", "They are water-cooled", "", "check", asks="slowdown"),
        Field("most_slowdown", "Slow-down that you accept", "Which cooling does it?", unit="%",
              asks="slowdown", more=True),
        Field("budget", "Money for water cooling", "Is it enough?", unit="$", asks="slowdown",
              more=True),
        Field("budget", "Money for water cooling", "", unit="$", value="500", needed=True,
              asks="budget"),
    ),
)  # fmt: skip

CPU_THREADS = Form(
    "cpu_threads",
    "The cores and threads that feed some GPUs.",
    asks=(("threads", "Which CPU do my GPUs need?"), ("gpus", "How many GPUs does it feed?")),
    fields=(
        Field("gpus", "How many GPUs", "", unit="GPUs", value="4", needed=True, asks="threads"),
        Field("cores", "Cores of the CPU", "", unit="cores", value="8", asks="gpus"),
        Field("threads", "Threads of the CPU", "Cores or threads are needed.", unit="threads",
              value="16", asks="gpus"),
        Field("strategy", "Data are preprocessed", "While training asks more of the CPU.", "radio",
              value="while_training",
              options=(("while_training", "while training"),
                       ("before_training", "once, before training"))),
        Field("cores", "Cores that you have in mind", "Are they enough?", unit="cores",
              asks="threads", more=True),
        Field("threads", "Threads that you have in mind", "Are they enough?", unit="threads",
              asks="threads", more=True),
    ),
)  # fmt: skip

RAM = Form(
    "ram",
    "The RAM that a machine needs beside its largest card.",
    asks=(("ram", "How much RAM do I need?"), ("card", "Which card does my RAM suit?")),
    fields=(
        Field("gpu", "Graphics card", "The largest counts: RTX 2070, GTX 1070.", "gpu",
              value="Titan RTX", needed=True, asks="ram"),
        Field("system_ram", "RAM", "", unit="GB", value="64", needed=True, asks="card"),
        Field("use", "What the machine is for", "", "choice", value="general",
              options=(("general", "deep learning in general"),
                       ("large_datasets", "large datasets"),
                       ("kaggle", "competitions (Kaggle)"))),
        Field("system_ram", "RAM that you have in mind", "Is it enough?", unit="GB", asks="ram",
              more=True),
        Field("gpu_memory", "Memory of the largest card", "Instead of the figure known for it.",
              unit="GB", asks="ram", more=True),
        Field("gpus", "How many cards", "More cards need no more RAM.", unit="cards", asks="ram",
              more=True),
    ),
)  # fmt: skip

MODEL_MEMORY = Form(
    "model_memory",
    "The GPU memory that training a model takes, and whether it fits a card.",
    asks=(
        ("memory", "How much does it take?"),
        ("batch", "How large a batch fits?"),
        ("model", "How large a model fits?"),
    ),
    fields=(
        Field("parameters", "Parameters of the model", "ResNet-152 has about 60 million.",
              value="60", needed=True, asks="memory batch",
              units=(("million", "million"), ("billion", "billion"), ("", "exactly"))),
        Field("gpu", "Graphics card", "", "gpu", value="RTX 2080 Ti", asks="memory"),
        Field("gpu", "Graphics card", "", "gpu", value="RTX 2080 Ti", needed=True,
              asks="batch model"),
        Field("optimizer", "Optimiser", "What it keeps for each parameter.", "choice",
              value="momentum",
              options=(("sgd", "SGD, keeps nothing"), ("momentum", "momentum, keeps 1 value"),
                       ("adam", "Adam, keeps 2 values"))),
        Field("precision", "Precision", "", "radio", value="32",
              options=(("32", "32-bit"), ("16", "16-bit"))),
        Field("activations", "Activations of one sample",
              "Values that it leaves for the backward pass; not counted if left empty.",
              value="40", asks="memory model",
              units=(("million", "million"), ("billion", "billion"), ("", "exactly"))),
        Field("activations", "Activations of one sample",
              "Values that it leaves for the backward pass.", value="40", needed=True,
              asks="batch",
              units=(("million", "million"), ("billion", "billion"), ("", "exactly"))),
        Field("batch", "Samples in a mini-batch", "", unit="samples", value="32",
              asks="memory model"),
        Field("card_memory", "Memory of the card", "Instead of the figure known for its name.",
              unit="GB", more=True),
    ),
)  # fmt: skip
