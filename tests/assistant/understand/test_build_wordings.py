"""How people ask for what a build needs: each wording with its calculator and inputs."""

import pytest

from assistant.understand.calculation import find_calculation


@pytest.mark.parametrize(
    ("calculator", "question", "inputs"),
    [
        (
            "psu",
            "My rig gets three 2080 Tis and a 165 watt Threadripper. How beefy must the power"
            " supply be?",
            {"gpu": "RTX 2080 Ti", "count": 3, "cpu_watts": 165},
        ),
        (
            "psu",
            "I'm putting a pair of 3090s next to a 125 W chip; what wattage should I shop for?",
            {"gpu": "RTX 3090", "count": 2, "cpu_watts": 125},
        ),
        (
            "psu",
            "There's an 850-watt Seasonic lying around here. How many GTX 1080s would it feed"
            " if the CPU takes 95 W?",
            {"gpu": "GTX 1080", "supply_watts": 850, "cpu_watts": 95},
        ),
        (
            "psu",
            "Half a dozen cards that pull 180 watts apiece, plus two 120 W Xeons: how many "
            "watts of supply is that?",
            {"count": 6, "gpu_watts": 180, "cpu_watts": 240},
        ),
        (
            "psu",
            "Will a thousand-watt unit cope with four GTX 1070s?",
            {"gpu": "GTX 1070", "count": 4, "supply_watts": 1000},
        ),
        (
            "psu",
            "Two RTX 2070 plus one GTX 1060, CPU 91 W, drives and fans another 60 W. Size my PSU.",
            {"gpu": "2x RTX 2070, 1x GTX 1060 6GB", "cpu_watts": 91, "other_watts": 60},
        ),
        (
            "psu",
            "Each of my five accelerators is rated 300W and the processor is rated 140W. What"
            " PSU size comes out?",
            {"count": 5, "gpu_watts": 300, "cpu_watts": 140},
        ),
        (
            "psu",
            "Could my 650 W power supply handle a single 2080 Ti with an i9-9900K?",
            {"gpu": "RTX 2080 Ti", "count": 1, "supply_watts": 650, "cpu": "Core i9-9900K"},
        ),
        (
            "ram",
            "How many gigs of RAM go with a box of two RTX 3090?",
            {"gpu": "RTX 3090", "gpus": 2},
        ),
        (
            "ram",
            "My cards have 11 gigabytes each. How much system memory ought I to buy?",
            {"gpu_memory": 11},
        ),
        (
            "ram",
            "I've got 16 gigs of RAM and want to plug in a Titan RTX. Will that do?",
            {"gpu": "Titan RTX", "system_ram": 16},
        ),
        ("ram", "Up to how large a GPU, memory-wise, does 32 GB of RAM suit?", {"system_ram": 32}),
        (
            "ram",
            "For Kaggle competitions with a 2080 Ti, what amount of RAM is advised?",
            {"gpu": "RTX 2080 Ti", "use": "kaggle"},
        ),
        (
            "ram",
            "RAM requirement for a workstation holding a 1080 Ti and a 1060?",
            {"gpu": "1x GTX 1080 Ti, 1x GTX 1060 6GB", "gpus": 2},
        ),
        (
            "ram",
            "The GPU comes with 24 GB of VRAM; the PC with 8 GB of RAM. Enough?",
            {"gpu_memory": 24, "system_ram": 8},
        ),
        (
            "ram",
            "What's the minimum memory on the motherboard for four 12GB GPUs?",
            {"gpu_memory": 12, "gpus": 4},
        ),
        (
            "slots_and_lanes",
            "I'd like to cram four dual-slot cards into one tower. How many expansion slots "
            "does the board need?",
            {"gpus": 4},
        ),
        (
            "slots_and_lanes",
            "A case with eight slots: what number of double-width GPUs goes in?",
            {"slots": 8},
        ),
        (
            "slots_and_lanes",
            "My chip offers forty PCIe lanes. With three cards and an NVMe drive on four of "
            "them, what width does every card get?",
            {"gpus": 3, "cpu_lanes": 40, "ssd_lanes": 4},
        ),
        (
            "slots_and_lanes",
            "CPU with 28 lanes, two GPUs: how does it divide up?",
            {"gpus": 2, "cpu_lanes": 28},
        ),
        (
            "slots_and_lanes",
            "Can I squeeze three graphics cards into five slots?",
            {"gpus": 3, "slots": 5},
        ),
        (
            "slots_and_lanes",
            "With 64 lanes from the processor, how many GPUs could I run sensibly?",
            {"cpu_lanes": 64},
        ),
        (
            "slots_and_lanes",
            "How do 24 lanes spread across a trio of cards?",
            {"gpus": 3, "cpu_lanes": 24},
        ),
        (
            "slots_and_lanes",
            "single-slot water-cooled cards, six of them - slots required?",
            {"gpus": 6, "gpu_width": 1},
        ),
        (
            "cpu_threads",
            "I augment images on the fly and own three GPUs. How many CPU threads should there be?",
            {"gpus": 3, "strategy": "while_training"},
        ),
        (
            "cpu_threads",
            "All data gets preprocessed ahead of time. What core count suits a quad-GPU box?",
            {"gpus": 4, "strategy": "before_training"},
        ),
        (
            "cpu_threads",
            "My Ryzen has eight cores and sixteen threads. For how many graphics cards will "
            "that suffice?",
            {"threads": 16, "cores": 8},
        ),
        ("cpu_threads", "Is a 4-core chip sufficient for two cards?", {"gpus": 2, "cores": 4}),
        ("cpu_threads", "Number of hardware threads to keep half a dozen GPUs busy?", {"gpus": 6}),
        (
            "cpu_threads",
            "How many GPUs can a twelve-core processor serve when I preprocess everything "
            "beforehand?",
            {"cores": 12, "strategy": "before_training"},
        ),
        ("cpu_threads", "a couple of 2080 Tis - how many cores do I want?", {"gpus": 2}),
        (
            "cpu_threads",
            "We preprocess during training on five cards; would 16 threads be too few?",
            {"gpus": 5, "threads": 16, "strategy": "while_training"},
        ),
        (
            "cooling",
            "Four blower cards sit right against each other. By what percentage will they "
            "slow down?",
            {"gpus": 4, "fan": "blower"},
        ),
        (
            "cooling",
            "What would liquid cooling for a trio of GPUs set me back?",
            {"gpus": 3, "water": True},
        ),
        (
            "cooling",
            "I have 450 dollars for water blocks. How many cards can I put under water?",
            {"water": True, "budget": 450},
        ),
        (
            "cooling",
            "How badly do two open-air cards throttle when stuck together without a gap?",
            {"gpus": 2, "spacing": "adjacent", "fan": "open"},
        ),
        (
            "cooling",
            "Three GPUs with a free slot between them: how much speed do I lose to heat?",
            {"gpus": 3, "spacing": "spaced"},
        ),
        (
            "cooling",
            "I'd tolerate at most 12% slowdown with 4 packed GPUs. What's the cheapest cooling?",
            {"gpus": 4, "spacing": "adjacent", "most_slowdown": 12.0},
        ),
        ("cooling", "Price of putting four cards on water?", {"gpus": 4, "water": True}),
        (
            "cooling",
            "performance lost to thermal throttling with three adjacent non-blower GPUs?",
            {"gpus": 3, "spacing": "adjacent", "fan": "open"},
        ),
        (
            "energy_cost",
            "My machine pulls 900 watts, and it'll be busy for ten days straight. What shows "
            "up on the bill at 28 cents per kilowatt-hour?",
            {"power": 900, "duration": 240, "price": "28 cents/kWh"},
        ),
        (
            "energy_cost",
            "Electricity is 0.32 euros a kWh here. Two 3090s train for three weeks - what do "
            "I pay?",
            {"gpu": "RTX 3090", "count": 2, "duration": 504, "price": "0.32 euros/kWh"},
        ),
        (
            "energy_cost",
            "How many kWh do four 250 W cards burn in forty-eight hours?",
            {"count": 4, "gpu_watts": 250, "duration": 48},
        ),
        (
            "energy_cost",
            "I can spend 60 € on power. How many hours may my 1.2 kW box run at 0.25 €/kWh?",
            {"power": 1200, "price": "0.25 €/kWh", "budget": "60 €"},
        ),
        (
            "energy_cost",
            "A 2080 Ti crunches 8 hours every day for a month. The tariff is 0.20 $/kWh. Total?",
            {
                "gpu": "RTX 2080 Ti",
                "count": 1,
                "hours_per_day": 8,
                "duration": 730.5,
                "price": "0.2 $/kWh",
            },
        ),
        (
            "energy_cost",
            "How many kilos of CO2 does a 1000 W system emit in a week when the grid gives "
            "350 g per kWh?",
            {"power": 1000, "duration": 168, "co2": 0.35},
        ),
        (
            "energy_cost",
            "Going from an 80% to a 92% efficient supply, what would I save over a year with "
            "a 600 W load at 30 ct/kWh?",
            {
                "power": 600,
                "duration": 8766,
                "price": "30 ct/kWh",
                "efficiency": 0.8,
                "better_efficiency": 0.92,
            },
        ),
        (
            "energy_cost",
            "We have half a dozen GPUs at 220 watts each going around the clock for a "
            "fortnight, price 0.18 dollars per kWh. What's the damage?",
            {
                "count": 6,
                "gpu_watts": 220,
                "hours_per_day": 24,
                "duration": 336,
                "price": "0.18 dollars/kWh",
            },
        ),
        (
            "psu",
            "Two Titan V plus an i9-9900K: recommended PSU wattage?",
            {"gpu": "Titan V", "count": 2, "cpu": "Core i9-9900K"},
        ),
        (
            "psu",
            "I inherited a 1.2 kW supply. The build would be a 140 W CPU with as many 3080s "
            "as possible. How many is that?",
            {"gpu": "RTX 3080", "supply_watts": 1200, "cpu_watts": 140},
        ),
        (
            "psu",
            "Planning eight 75 watt cards with two 85 W processors; what's the total wattage "
            "I have to provide?",
            {"count": 8, "gpu_watts": 75, "cpu_watts": 170},
        ),
        (
            "psu",
            "Our machine has one 3090 and one 1080 Ti. Is seven hundred and fifty watts "
            "sufficient?",
            {"gpu": "1x RTX 3090, 1x GTX 1080 Ti", "supply_watts": 750},
        ),
        (
            "psu",
            "Which size of power supply would a quad 2070 machine call for?",
            {"gpu": "RTX 2070", "count": 4},
        ),
        (
            "psu",
            "Can a 550W supply run two GTX 1060?",
            {"gpu": "GTX 1060 6GB", "count": 2, "supply_watts": 550},
        ),
        (
            "ram",
            "Does a machine with three 2080 Tis need 64 GB of RAM?",
            {"gpu": "RTX 2080 Ti", "gpus": 3, "system_ram": 64},
        ),
        (
            "ram",
            "Titan RTX plus 12 GB of system RAM - sufficient?",
            {"gpu": "Titan RTX", "system_ram": 12},
        ),
        (
            "ram",
            "What is the recommended amount of main memory for a box with an 8 GB card?",
            {"gpu_memory": 8},
        ),
        (
            "ram",
            "I only have 16 GB of main memory. What's the biggest GPU memory that still makes"
            " sense?",
            {"system_ram": 16},
        ),
        (
            "ram",
            "A Kaggler with a 12 GB card: how many GB of RAM?",
            {"gpu_memory": 12, "use": "kaggle"},
        ),
        (
            "slots_and_lanes",
            "I want four GPUs. What's the number of PCIe slots required?",
            {"gpus": 4},
        ),
        (
            "slots_and_lanes",
            "How wide will the links be with three GPUs on 28 lanes?",
            {"gpus": 3, "cpu_lanes": 28},
        ),
        (
            "slots_and_lanes",
            "The board has seven slots; would four 2-slot cards fit?",
            {"gpus": 4, "slots": 7},
        ),
        (
            "slots_and_lanes",
            "Given a 40-lane CPU and an M.2 SSD, at what widths do four cards run?",
            {"gpus": 4, "cpu_lanes": 40, "ssd_lanes": 4},
        ),
        ("slots_and_lanes", "How many cards could sit in a nine-slot chassis?", {"slots": 9}),
        (
            "slots_and_lanes",
            "Are 24 lanes sufficient for three graphics cards?",
            {"gpus": 3, "cpu_lanes": 24},
        ),
        (
            "cpu_threads",
            "For four cards, how many physical cores should the processor come with?",
            {"gpus": 4},
        ),
        (
            "cpu_threads",
            "Would six cores and twelve threads be enough for three 1080 Tis?",
            {"gpus": 3, "threads": 12, "cores": 6},
        ),
        (
            "cpu_threads",
            "What's the greatest number of GPUs that a 32-thread Epyc could keep supplied?",
            {"threads": 32},
        ),
        (
            "cpu_threads",
            "If preprocessing is done offline, how many threads do seven GPUs want?",
            {"gpus": 7, "strategy": "before_training"},
        ),
        (
            "cpu_threads",
            "eight gpus, data augmented on the fly, cores needed?",
            {"gpus": 8, "strategy": "while_training"},
        ),
        ("cpu_threads", "My server has 10 cores. How many 2080s could it keep fed?", {"cores": 10}),
        (
            "cooling",
            "What does it cost to watercool half a dozen cards?",
            {"gpus": 6, "water": True},
        ),
        (
            "cooling",
            "How many GPUs can be watercooled for 850 dollars?",
            {"water": True, "budget": 850},
        ),
        (
            "cooling",
            "If I squeeze three blower-style GPUs in adjacent slots, how much performance "
            "goes missing?",
            {"gpus": 3, "spacing": "adjacent", "fan": "blower"},
        ),
        (
            "cooling",
            "two cards with a gap between them, expected thermal throttling?",
            {"gpus": 2, "spacing": "spaced"},
        ),
        (
            "cooling",
            "How large is the slowdown for four tightly packed cards with open-air coolers?",
            {"gpus": 4, "spacing": "adjacent", "fan": "open"},
        ),
        ("cooling", "Total price for liquid-cooling two cards?", {"gpus": 2, "water": True}),
        (
            "energy_cost",
            "With electricity at 35 cents, what will two weeks of a 700 W machine set me back?",
            {"power": 700, "duration": 336, "price": "35 cents/kWh"},
        ),
        (
            "energy_cost",
            "We pay 0.22 €/kWh. A job occupies three 2080 Tis for one hundred hours. How much"
            " money is that?",
            {"gpu": "RTX 2080 Ti", "count": 3, "duration": 100, "price": "0.22 €/kWh"},
        ),
        (
            "energy_cost",
            "My budget is $100 and a kWh is $0.12. How many days can four 2080 Tis train?",
            {"gpu": "RTX 2080 Ti", "count": 4, "price": "0.12 $/kWh", "budget": "100 $"},
        ),
        (
            "energy_cost",
            "1 kW load, a year nonstop, 0.3 €/kWh: what does swapping my bronze unit for a "
            "titanium one save?",
            {
                "power": 1000,
                "hours_per_day": 24,
                "duration": 8766,
                "price": "0.3 €/kWh",
                "efficiency": 0.85,
                "better_efficiency": 0.94,
            },
        ),
        (
            "energy_cost",
            "The workstation consumes 450 watts. It's on 10 hours a day. At 27 cents a kWh, "
            "what's the yearly bill?",
            {"power": 450, "hours_per_day": 10, "duration": 8766, "price": "27 cents/kWh"},
        ),
    ],
)
def test_a_build_is_asked_about_in_many_ways(calculator, question, inputs):
    request = find_calculation(question)
    assert request is not None
    assert request.calculator == calculator
    assert dict(request.inputs) == inputs
    assert request.ready


@pytest.mark.parametrize(
    ("calculator", "question", "inputs"),
    [
        # "of them" is what was named, not cards in any case
        (
            "slots_and_lanes",
            "A 44-lane CPU and an SSD that eats four of them: how many lanes each for 3 GPUs?",
            {"gpus": 3, "cpu_lanes": 44, "ssd_lanes": 4},
        ),
        (
            "slots_and_lanes",
            "These coolers are three slots thick. How many slots for a pair of them?",
            {"gpus": 2, "gpu_width": 3, "slots": 3},
        ),
        # a total comes before what was added
        (
            "cpu_threads",
            "Two more 1070s came today, four in all. Are sixteen threads up to the job?",
            {"gpus": 4, "threads": 16},
        ),
        ("cpu_threads", "6c/12t: how many gpus can it feed?", {"cores": 6, "threads": 12}),
        # work that is said not to be done while training is done before
        (
            "cpu_threads",
            "Nothing is decoded during training. How many cores/threads for three GPUs?",
            {"gpus": 3, "strategy": "before_training"},
        ),
        # a size or a claim may refer to what was said before
        (
            "psu",
            "The old supply went up in smoke. How big must the new one be for two GTX 1070s?",
            {"gpu": "GTX 1070", "count": 2},
        ),
        (
            "psu",
            "A friend thinks a 700 W supply will do for two GTX 1070s. Is she right?",
            {"gpu": "GTX 1070", "count": 2, "supply_watts": 700},
        ),
        # memory is of what was last said to have some
        (
            "ram",
            "The computer gets a card that comes with 24 GB. How much RAM should go in?",
            {"gpu_memory": 24},
        ),
        (
            "ram",
            "My desktop has 32 GB of memory. Is that plenty for an RTX 3090?",
            {"gpu": "RTX 3090", "system_ram": 32},
        ),
        ("ram", "How many GB of DDR4 for a 24 GB Titan RTX?", {"gpu": "Titan RTX"}),
        (
            "cooling",
            "Two blower models wedged together: how much slower do they get?",
            {"gpus": 2, "spacing": "adjacent", "fan": "blower"},
        ),
        (
            "energy_cost",
            "Forty quid for leccy at 20p a unit, box draws 500 W. How many training hours is that?",
            {"power": 500, "price": "20 pence/kWh", "budget": "40 £"},
        ),
    ],
)
def test_numbers_have_the_role_that_is_said(calculator, question, inputs):
    request = find_calculation(question)
    assert request is not None
    assert request.calculator == calculator
    assert dict(request.inputs) == inputs
    assert request.ready


@pytest.mark.parametrize(
    "question",
    [
        "How many decibels do three blower cards give off?",
        "What BTU rating must an air conditioner have for a room with four hot cards?",
        "Which UPS in VA goes with a 1000 W PSU and three cards?",
        "My supply has enough watts for two GPUs, so what else could be wrong with it?",
        "What make of power supply would you trust with four GPUs?",
        "Will two GPUs and a 1500 W supply trip the breaker of one outlet?",
        "How many watts did he use for his four cards?",
        "How many watts does one RTX 3090 draw during transient spikes?",
        "Is it a problem to run two GPUs on 16 lanes?",
        "Must each of four cards have 16 lanes?",
        "What speed do the slots run at with three cards?",
        "After how many hours at full speed does a fan of a card fail?",
        "What slow-down comes with one hot card, and what with several cards?",
        "Adding a second 1080 Ti costs me 5 to 8 percent when I train, is that normal?",
        "I simulate proteins all day on two consumer cards, does that scale?",
        "How many times faster is a quad core with a GPU than without?",
        "How many cards would you pair with an i7-5930K?",
        "Does the RAM's speed hold back two 2080 Tis?",
        "Which lead of those PSU boards goes to one of those first power supplies?",
    ],
)
def test_what_is_asked_must_be_what_is_worked_out(question):
    assert find_calculation(question) is None
