"""The metamodel: every element type, declared once (DESIGN §2), and the reference tables.

The modules are imported in the order of the layers, which is the order of everything that lists types.
"""

# isort: off
from spbe_arch.metamodel.business import Process
from spbe_arch.metamodel.services import Service
from spbe_arch.metamodel.data import Data
from spbe_arch.metamodel.application import Application, Exchange
from spbe_arch.metamodel.infrastructure import (
    Infrastructure,
    Facility,
    Cloud,
    Server,
    Storage,
    NetworkDevice,
    SecurityDevice,
    Peripheral,
    OperatingSystem,
    Database,
    Utility,
    IntegrationPlatform,
    Intranet,
)
from spbe_arch.metamodel.security import (
    Security,
    Standard,
    Awareness,
    VulnerabilityAssessment,
    Improvement,
    Incident,
    Audit,
    Worthiness,
)
from spbe_arch.metamodel.across import (
    Agency,
    Unit,
    Objective,
    Indicator,
    Policy,
    Theme,
    Gap,
    Initiative,
    Document,
    Evaluation,
)

# isort: on
from spbe_arch.metamodel.declaring import (
    FieldInfo,
    Inverse,
    Layer,
    Links,
    TypeInfo,
    Undecided,
    expand,
    type_of,
    types,
)
from spbe_arch.metamodel.element import Element, LayerElement, Owned
from spbe_arch.metamodel.values import Allowance, PartialDate, Source, Target, ValueProblem, near_miss

__all__ = [
    "Agency",
    "Allowance",
    "Application",
    "Audit",
    "Awareness",
    "Cloud",
    "Data",
    "Database",
    "Document",
    "Element",
    "Evaluation",
    "Exchange",
    "Facility",
    "FieldInfo",
    "Gap",
    "Improvement",
    "Incident",
    "Indicator",
    "Infrastructure",
    "Initiative",
    "IntegrationPlatform",
    "Intranet",
    "Inverse",
    "Layer",
    "LayerElement",
    "Links",
    "NetworkDevice",
    "Objective",
    "OperatingSystem",
    "Owned",
    "PartialDate",
    "Peripheral",
    "Policy",
    "Process",
    "Security",
    "SecurityDevice",
    "Server",
    "Service",
    "Source",
    "Standard",
    "Storage",
    "Target",
    "Theme",
    "TypeInfo",
    "Undecided",
    "Unit",
    "Utility",
    "ValueProblem",
    "VulnerabilityAssessment",
    "Worthiness",
    "expand",
    "near_miss",
    "type_of",
    "types",
]
