"""Jixiao reads performance self-evaluation reports (绩效自评报告) into exact figures and checks them."""

__version__ = "0.1.0"

#: Raised whenever the facts that a file yields can change, so that `import` reads it again.
EXTRACTOR_VERSION = "1"
