"""Small models with views of their own."""

from __future__ import annotations

from spbe_arch import Architecture, check, load_texts
from spbe_arch.messages import Teller

MANIFEST = "version: 1\nagency: kab-contoh\nname: Kabupaten Contoh\nperiod: 2025-2029\nlanguage: id\n"
MODEL = """
units:
  dinas: {name: Dinas Satu, short_name: D1, kind: office}
  bidang: {name: Bidang, parent: dinas, kind: division}
  badan: {name: Badan Dua, kind: body}
themes:
  tema: {name: Tema}
services:
  izin: {name: Izin, reference: RAL.01.16, owner: bidang, themes: tema, tags: inti}
  rujukan: {name: Rujukan, reference: RAL.02.01, owner: badan}
data:
  penduduk: {name: Penduduk, reference: RAD.01.01, producer: dinas, personal: yes, confidentiality: limited}
  jalan: {name: Jalan, reference: RAD.02.01, producer: badan, confidentiality: open}
applications:
  sim-izin: {name: SIM Izin, reference: RAA.02.01, owner: bidang, supports: izin, writes: penduduk, users: 90}
  sim-rs: {name: SIM RS, reference: RAA.02.02, owner: badan, supports: rujukan, reads: [penduduk, jalan], status: new,
    since: 2028, users: 5}
  lama: {name: Lama, reference: RAA.01.01, owner: badan, supports: [izin, rujukan], users: 40, license: open_source}
"""


def architecture(views: str = "", model: str = MODEL, **files: str) -> Architecture:
    """The model with a file of views beside it."""
    more = [(f"{name}.yaml", f"{text}\n") for name, text in files.items()]
    return load_texts([("spbe.yaml", MANIFEST), ("model.yaml", model), ("tampilan.yaml", f"{views}\n"), *more])


def told(views: str, language: str = "en", model: str = MODEL) -> list[str]:
    """What is found in the file of views: line, column, code, sentence."""
    found = architecture(views, model)
    shown = [one for one in check(found, select=["SPBE0", "SPBE1"]) if one.place.path == "tampilan.yaml"]
    return [
        f"{one.spot.region.line}:{one.spot.region.column} {one.code} {one.message}"
        for one in Teller(found, language).tell(shown)
    ]
