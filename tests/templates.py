"""Templates that are compiled once a test process, and not for every website that a test makes."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """In memory. The checksum is of the template's source: one that changed is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Bucket] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get((bucket.key, bucket.checksum))
        bucket.code = kept.code if kept else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket


def compile_once() -> None:
    """Every website made from now on shares what is compiled."""
    Flask.jinja_options = {"bytecode_cache": Compiled()}
