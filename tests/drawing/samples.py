"""Views made by hand, as a viewpoint would yield them."""

from __future__ import annotations

from dataclasses import replace

from spbe_arch import check, load_texts
from spbe_arch.comparing import compare
from spbe_arch.findings import Level
from spbe_arch.measures import metrics_view
from spbe_arch.measuring import measure
from spbe_arch.scorecard import score_view
from spbe_arch.scoring import score as score_of
from spbe_arch.views import make_view
from spbe_arch.views.difference import difference_view
from spbe_arch.views.view import Axis, Cell, Door, Edge, Frame, Group, Mark, Node, Scale, Swatch, View
from tests.patching import clean_texts

FRAME = Frame(
    "Pemerintah Kabupaten Contoh",
    "2025-2029",
    "2026-11-01",
    "id",
    "Sumber: model arsitektur kab-contoh (contoh ilustratif)",
)

SECTORS = (
    "Ekonomi dan Keuangan", "Perlindungan Sosial dan Kesehatan", "Pendidikan dan Tenaga Kerja",
    "Pembangunan dan Kewilayahan", "Lingkungan dan SDA", "Pemerintahan Umum", "Ketertiban dan Kebencanaan",
    "Budaya dan Agama", "Pertahanan dan Luar Negeri", "Kelautan", "Perhubungan", "Statistik",
)  # fmt: skip

LAYERS = ("business", "services", "data", "application", "infrastructure", "security")
_NAMES = {
    ("business", "processes"): (
        "Penerbitan izin", "Verifikasi rujukan", "Seleksi peserta didik baru tingkat menengah",
        "Pemeriksaan bangunan gedung", "Pengelolaan naskah dinas",
    ),
    ("services", "services"): (
        "Perizinan Berusaha Berbasis Risiko", "Pembayaran PBB", "Rujukan Pasien Berjenjang",
        "Penerbitan KTP Elektronik", "Persetujuan Lingkungan",
    ),
    ("data", "data"): (
        "Data Wajib Pajak", "Data Pasien", "Data Peserta Didik", "Data Penduduk",
        "Data Bangunan dan Bidang Tanah Kabupaten",
    ),
    ("application", "applications"): (
        "SISMIOP", "e-BPHTB", "SICANTIK Cloud Kabupaten", "Bebunge",
        "Sistem Informasi Pelaporan Pembangunan Daerah", "SIMRS",
    ),
    ("infrastructure", "servers"): ("Server Aplikasi 1", "Server Basis Data", "Server Surel"),
    ("infrastructure", "facilities"): ("Pusat Data Kabupaten",),
    ("infrastructure", "integration_platforms"): ("Sistem Penghubung Layanan",),
    ("security", "standards"): ("SNI ISO/IEC 27001:2022", "SOP Penanganan Insiden"),
    ("security", "audits"): ("Audit Keamanan Aplikasi 2024",),
}  # fmt: skip
_SHARES = (
    (30, ("business", "processes")), (10, ("services", "services")), (25, ("data", "data")),
    (20, ("application", "applications")), (5, ("infrastructure", "servers")),
    (5, ("infrastructure", "facilities")), (5, ("infrastructure", "integration_platforms")),
    (2, ("security", "standards")), (2, ("security", "audits")),
)  # fmt: skip
_STATES = ("as_is",) * 7 + ("new", "upgrade", "retired")
_LEVELS = (None,) * 9 + (Level.WARNING,) + (None,) * 7 + (Level.ERROR,) + (None,) * 4 + (Level.NOTE,)


def nodes(count: int) -> tuple[Node, ...]:
    """So many elements over the six layers, in the shares of a regency."""
    turn = [kind for share, kind in _SHARES for _ in range(share)]
    return tuple(_node(index, *turn[index * 37 % len(turn)], index // len(turn)) for index in range(count))


def _node(index: int, layer: str, section: str, round_: int) -> Node:
    names = _NAMES[layer, section]
    name = names[index % len(names)] + (f" {round_ + 1}" if round_ else "")
    level = _LEVELS[index * 5 % len(_LEVELS)]
    return Node(
        f"{section}-{index}",
        section,
        layer,
        name,
        facts=f"{index % 7} layanan · {index % 5} data",
        status=_STATES[index * 3 % len(_STATES)],
        worst=level,
        findings=1 if level else 0,
    )


def layers(count: int, groups: int = 7, language: str = "id") -> View:
    """A view of layers, its elements spread unevenly over groups."""
    made = nodes(count)
    members: list[list[str]] = [[] for _ in range(groups)]
    for index, node in enumerate(made):
        if groups:
            members[(index * index // 7 + index) % (groups + 2) % groups].append(node.id)
    named = tuple(Group(f"g{index}", SECTORS[index % len(SECTORS)], tuple(ids)) for index, ids in enumerate(members))
    return View(
        "layers", "lapis", "Arsitektur Kabupaten dalam Satu Halaman",
        "Enam lapis × kelompok urusan; elemen dilipat menurut kelompok",
        replace(FRAME, language=language), made, groups=named,
    )  # fmt: skip


def chain(language: str = "id") -> View:
    """The chain of a business licence, as in the first sample of the visual language."""
    made = (
        Node("perizinan-usaha-1", "processes", "business", "Penerimaan dan pemeriksaan kelengkapan permohonan"),
        Node("perizinan-usaha-2", "processes", "business", "Verifikasi teknis berbasis risiko"),
        Node("perizinan-usaha-3", "processes", "business", "Penerbitan perizinan berusaha"),
        Node("perizinan-usaha", "services", "services", "Perizinan Berusaha Berbasis Risiko", focus=True),
        Node("d001", "data", "data", "Data Penduduk"),
        Node("d007", "data", "data", "Data Izin Usaha"),
        Node("d008", "data", "data", "Data Pelaku Usaha"),
        Node("d009", "data", "data", "Data Bidang Tanah", worst=Level.WARNING, findings=1),
        Node("bebunge", "applications", "application", "Bebunge"),
        Node("gerbang-tte", "applications", "application", "Gerbang TTE", "", "new", Level.WARNING, 1),
        Node("oss-penghubung", "applications", "application", "OSS Penghubung", worst=Level.ERROR, findings=2),
        Node(
            "sicantik-cloud-kabupaten",
            "applications",
            "application",
            "SICANTIK Cloud Kabupaten",
            "",
            "upgrade",
        ),
        Node("srv-app1", "servers", "infrastructure", "Server Aplikasi 1"),
        Node("jip", "intranets", "infrastructure", "Jaringan Intra Pemerintah"),
        Node("spl", "integration_platforms", "infrastructure", "Sistem Penghubung Layanan"),
        Node("awan", "clouds", "infrastructure", "Awan Pemerintah (IaaS)"),
        Node("pusat-data", "facilities", "infrastructure", "Pusat Data Kabupaten"),
        Node("iso27001", "standards", "security", "SNI ISO/IEC 27001:2022"),
        Node("pentest-2025", "vulnerability_assessments", "security", "Uji Penetrasi 2025"),
        Node("audit-apl", "audits", "security", "Audit Keamanan Aplikasi 2024"),
        Node("layak-bebunge", "worthiness", "security", "Kelaikan Bebunge"),
        Node("csirt", "incidents", "security", "Tim Tanggap Insiden (CSIRT)"),
    )
    fields = (
        ("perizinan-usaha", "processes", "perizinan-usaha-1 perizinan-usaha-2 perizinan-usaha-3"),
        ("d008", "processes", "perizinan-usaha-1"),
        ("d007", "processes", "perizinan-usaha-3"),
        ("bebunge", "supports", "perizinan-usaha"),
        ("gerbang-tte", "supports", "perizinan-usaha"),
        ("oss-penghubung", "supports", "perizinan-usaha"),
        ("sicantik-cloud-kabupaten", "supports", "perizinan-usaha"),
        ("bebunge", "reads", "d001"),
        ("gerbang-tte", "reads", "d007"),
        ("oss-penghubung", "reads", "d007"),
        ("sicantik-cloud-kabupaten", "reads", "d009 d007 d008"),
        ("sicantik-cloud-kabupaten", "writes", "d007 d008"),
        ("bebunge", "runs_on", "srv-app1"),
        ("gerbang-tte", "runs_on", "srv-app1"),
        ("sicantik-cloud-kabupaten", "runs_on", "awan"),
        ("oss-penghubung", "networks", "jip"),
        ("spl", "connects", "oss-penghubung sicantik-cloud-kabupaten"),
        ("srv-app1", "facility", "pusat-data"),
        ("iso27001", "secures", "d001 d007 bebunge srv-app1 awan"),
        ("sicantik-cloud-kabupaten", "secured_by", "pentest-2025 audit-apl"),
        ("layak-bebunge", "secures", "bebunge"),
        ("csirt", "secures", "srv-app1"),
    )
    edges = tuple(
        Edge(source, target, field, "association") for source, field, targets in fields for target in targets.split()
    )
    return View(
        "chain", "rantai-perizinan-usaha", "Rantai Layanan: Perizinan Berusaha Berbasis Risiko",
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu · enam lapis arsitektur SPBE",
        replace(FRAME, language=language), made, edges,
    )  # fmt: skip


def large_chain(count: int, links: int = 2, language: str = "id") -> View:
    """A chain of so many elements, each but a few linked to so many of the layer above or below."""
    fields = {"services": ("processes", "business"), "data": ("processes", "business"),
              "application": ("supports", "services"), "security": ("secures", "application")}  # fmt: skip
    made = nodes(count)
    by_layer: dict[str, list[Node]] = {}
    for node in made:
        by_layer.setdefault(node.layer, []).append(node)
    edges: list[Edge] = []
    for index, node in enumerate(made):
        field, layer = fields.get(node.layer, ("", ""))
        others = by_layer.get(layer, [])
        edges += [
            Edge(node.id, others[(index * 7 + step * 3) % len(others)].id, field, "serving")
            for step in range(links if others else 0)
        ]
        if node.layer == "application":
            for field, layer in (("reads", "data"), ("writes", "data"), ("runs_on", "infrastructure")):
                others = by_layer.get(layer, [])
                if others:
                    edges.append(Edge(node.id, others[(index * 5) % len(others)].id, field, "access"))
    return View(
        "chain", "rantai-besar", "Rantai Layanan: Pengelolaan Pengaduan Masyarakat",
        "Semua yang menopang layanan ini",
        replace(FRAME, language=language), made, tuple(dict.fromkeys(edges)),
    )  # fmt: skip


NASTY = (
    "Sistem" * 10,
    "Pengelolaan dan Pelaporan " * 8,
    "x" * 20_000,
    "Z",
    '<b>&amp;\\N "x"</b>',
    "C:\\data\\",
    "نظام إدارة الخدمات الإلكترونية",
    "公共服務管理系統數據平台應用程式",
    "Layanan 🏛️👩‍👩‍👧‍👦 🇮🇩 publik",
    "\u202eterbalik\u202c \u2066a\u2069\u200f",
    "baris\nsatu\r\ndua\ttiga\u2028empat\x85lima",
    "bel\x07 nol\x00 esc\x1b[31m \ud800",
    "]]><script>alert(1)</script><![CDATA[",
    "W W W W W W W W W W W W W W W W",
    "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
    "a/b-c–d_e.f;g" * 9,
    "é" * 80,
    "e\u0301" * 80,
    "",
    " ",
    "…",
    "${jndi:x} %s {0} \\u0041 &#65; &eacute;",
    "%PDF " + "-" * 70,
    "(4) T 3 -abc -Arimo c 7 -#FF0000",
)  # fmt: skip
"""Names as nobody should write them."""


def named(view: View, names: tuple[str, ...] = NASTY) -> View:
    """The same view with other names, in turn; everything else that people type is nasty too."""
    made = tuple(
        node._replace(name=names[index % len(names)], facts=names[(index + 5) % len(names)] if index % 3 else "")
        for index, node in enumerate(view.nodes)
    )
    groups = tuple(replace(group, name=names[index % len(names)]) for index, group in enumerate(view.groups))
    rows, columns = (axis and _renamed(axis, names) for axis in (view.rows, view.columns))
    agency, source, period, date, title, subtitle, *_ = names[1:] * 7
    frame = replace(view.frame, agency=agency, source_note=source, period=period, date=date)
    return replace(
        view, nodes=made, groups=groups, frame=frame, title=title, subtitle=subtitle, notes=names,
        rows=rows, columns=columns,
    )  # fmt: skip


def _renamed(axis: Axis, names: tuple[str, ...]) -> Axis:
    marks = tuple(replace(mark, name=names[index % len(names)]) for index, mark in enumerate(axis.marks))
    return Axis(names[3], marks)


def landscape(count: int, offices: int = 30, language: str = "id") -> View:
    """Applications of offices, of which the first have most and the last may have none."""
    words = ("Pasar", "Kinerja", "Pelayanan Terpadu Satu Pintu", "Aset", "Harga Pangan")
    starts = ("SIM-", "e-", "Sistem Informasi ", "Portal ")
    made = tuple(
        Node(
            f"app-{index}", "applications", "application", f"{starts[index * 7 % 4]}{words[index * 3 % 5]} {index}",
            status=_STATES[index * 3 % len(_STATES)], worst=_LEVELS[index * 5 % len(_LEVELS)],
            findings=int(bool(_LEVELS[index * 5 % len(_LEVELS)])),
            kind=("general", "special", "special", "")[index % 4],
        )
        for index in range(count)
    )  # fmt: skip
    members: list[list[str]] = [[] for _ in range(offices)]
    for index, node in enumerate(made):
        members[int((index * 37 % 101 / 101) ** 3 * offices)].append(node.id)
    named = tuple(
        Group(f"g{index}", f"Dinas {SECTORS[index % 12]} {index}", tuple(ids)) for index, ids in enumerate(members)
    )
    return View(
        "landscape", "lanskap", "Lanskap Aplikasi", "Aplikasi menurut unit", replace(FRAME, language=language),
        made, groups=named,
    )  # fmt: skip


def matrix(rows: int, columns: int, links: int = 3, language: str = "id") -> View:
    """Applications that read and write data, each so many."""
    reading = landscape(rows, max(rows // 5, 1))
    data = tuple(
        Node(f"data-{index}", "data", "data", f"Data {_NAMES['data', 'data'][index % 5]} {index}",
             kind="contested" if index % 9 == 4 else "")
        for index in range(columns)
    )  # fmt: skip
    cells = {
        (f"app-{row}", f"data-{(row * 7 + step * 11) % columns if columns else 0}"): ("read", "write", "both")[step % 3]
        for row in range(rows)
        for step in range(links if columns and row % 13 else 0)
    }
    order = [id for group in reading.groups for id in group.nodes]
    names = {node.id: node.name for node in reading.nodes}
    return View(
        "matrix", "matriks", "Matriks Aplikasi × Data", "Aplikasi (baris) membaca atau menulis data (kolom)",
        replace(FRAME, language=language), (*reading.nodes, *data), groups=reading.groups,
        rows=Axis("Aplikasi", tuple(Mark(id, names[id]) for id in order)),
        columns=Axis("Data", tuple(Mark(node.id, node.name) for node in data)),
        cells=tuple(Cell(row, column, value) for (row, column), value in sorted(cells.items())),
    )  # fmt: skip


def impact(*counts: int, language: str = "id") -> View:
    """An element with so many elements at the distances -2, -1, 1, 2, 3, each linked to two of the nearer ones."""
    steps = dict(zip((-2, -1, 1, 2, 3), counts, strict=False))
    made = iter(nodes(sum(counts)))
    focus = Node("fokus", "data", "data", "Data Penduduk", focus=True)
    members = {0: [focus], **{step: [next(made) for _ in range(count)] for step, count in steps.items()}}
    edges: list[Edge] = []
    for step, some in members.items():
        nearer = members.get(step - 1 if step > 0 else step + 1, [])
        for index, node in enumerate(some if step and nearer else ()):
            for add in (0, 3):
                ends = (nearer[(index * 5 + add) % len(nearer)].id, node.id)
                edges.append(Edge(*(ends if step > 0 else ends[::-1]), "reads", "influence"))
    groups = tuple(Group(str(step), "", tuple(node.id for node in members[step])) for step in sorted(members))
    return View(
        "impact", "dampak", "Dampak Perubahan: Data Penduduk", "Kiri: asal; kanan: yang terdampak",
        replace(FRAME, language=language), tuple(node for some in members.values() for node in some),
        tuple(dict.fromkeys(edges)), groups,
    )  # fmt: skip


def integration(applications: int, exchanges: int, direct: int = 3, platforms: int = 1, language: str = "id") -> View:
    """Exchanges among applications, of which every fifth is of another agency; the last ones bypass the bus."""
    made = tuple(
        Node(f"a{index}", "applications", "application", f"{_NAMES['application', 'applications'][index % 6]} {index}",
             facts="dinas", status=_STATES[index * 3 % 10], kind="outside" if index % 5 == 4 else "")
        for index in range(applications)
    )  # fmt: skip
    buses = tuple(
        Node(f"spl{index}", "integration_platforms", "infrastructure", f"Sistem Penghubung Layanan {index}")
        for index in range(platforms)
    )
    traffic = tuple(
        Node(f"x{index}", "exchanges", "application", f"Pertukaran {index}", facts="Data Penduduk", detail="api",
             kind="direct" if index >= exchanges - direct else "through")
        for index in range(exchanges)
    )  # fmt: skip
    edges: list[Edge] = []
    for index, node in enumerate(traffic):
        edges.append(Edge(node.id, f"a{index * 3 % applications}", "provider", "flow"))
        edges.append(Edge(node.id, f"a{(index * 7 + 2) % applications}", "consumer", "flow"))
        if node.kind == "through" and buses:
            edges.append(Edge(node.id, f"spl{index % platforms}", "via", "serving"))
    return View(
        "integration", "integrasi", "Integrasi", "Pertukaran data antaraplikasi", replace(FRAME, language=language),
        (*made, *buses, *traffic), tuple(edges),
    )  # fmt: skip


def deployment(servers: int, applications: int, facilities: int = 3, networks: int = 2, language: str = "id") -> View:
    """Facilities with servers and what runs on them; the last server has no facility."""
    places = tuple(
        Node(f"f{index}", ("facilities", "clouds")[index % 2], "infrastructure", f"Pusat Data Kabupaten {index}",
             facts="tier 3 · milik sendiri", worst=_LEVELS[index * 4 % len(_LEVELS)])
        for index in range(facilities)
    )  # fmt: skip
    hosts = tuple(
        Node(f"s{index}", ("servers", "servers", "storages")[index % 3], "infrastructure", f"Server Aplikasi {index}",
             facts="64 GB · RAID 5", status=_STATES[index * 3 % 10], worst=_LEVELS[index * 5 % len(_LEVELS)])
        for index in range(servers)
    )  # fmt: skip
    devices = tuple(
        Node(f"d{index}", "network_devices", "infrastructure", f"Switch {index}") for index in range(facilities * 2)
    )
    nets = tuple(
        Node(f"n{index}", "intranets", "infrastructure", f"Jaringan Intra {index}", facts="serat optik · 1 Gbps")
        for index in range(networks)
    )
    running = landscape(applications).nodes
    edges = [Edge(f"s{n}", f"f{n * n % facilities}", "facility", "aggregation") for n in range(servers - 1)]
    edges += [Edge(f"d{n}", f"f{n % facilities}", "facility", "aggregation") for n in range(facilities * 2)]
    for index, node in enumerate(running if servers else ()):
        if index % 11:
            edges.append(Edge(node.id, f"s{index * index % servers}", "runs_on", "serving"))
        if index % 11 == 1 and servers > 1:
            edges.append(Edge(node.id, f"s{(index + 1) % servers}", "runs_on", "serving"))
    return View(
        "deployment", "penempatan", "Penempatan", "Fasilitas, server dan aplikasi", replace(FRAME, language=language),
        (*places, *hosts, *devices, *nets, *running), tuple(edges),
    )  # fmt: skip


def organisation(units: int, language: str = "id") -> View:
    """Units of several kinds, some below others, and what they own."""
    kinds = ("sekretariat", "dinas", "badan", "kecamatan")
    made = [Node("tim", "units", "across", "Tim Koordinasi SPBE", kind="head")] if units else []
    for index in range(units):
        kind = "gap" if index % 7 == 3 else ""
        status, level = _STATES[index * 3 % 10] if index % 4 == 0 else "as_is", _LEVELS[index * 5 % len(_LEVELS)]
        name = f"Dinas {SECTORS[index % 12]} {index}"
        made.append(Node(f"u{index}", "units", "across", name, status=status, worst=level, kind=kind))
    edges = tuple(Edge(f"u{n}", f"u{n - 1}", "parent", "composition") for n in range(units) if n % 5 == 2)
    groups = tuple(
        Group(kind, kind, tuple(f"u{n}" for n in range(units) if n // 9 % 4 == at)) for at, kind in enumerate(kinds)
    )
    cells = tuple(
        Cell(f"u{n}", layer, str(n * at % 13 * (1_000 if n == 11 else 1)))
        for n in range(units)
        for at, layer in enumerate(LAYERS)
        if n * at % 13 and n % 6
    )
    return View(
        "organisation", "organisasi", "Organisasi", "Unit dan jumlah elemen", replace(FRAME, language=language),
        tuple(made), edges, groups, columns=Axis("", tuple(Mark(layer, layer) for layer in LAYERS)), cells=cells,
    )  # fmt: skip


def roadmap(initiatives: int, first: int = 2025, last: int = 2029, language: str = "id") -> View:
    """Initiatives of the seven contents over some years; every eleventh says no year, every fifth is late."""
    contents = ("governance", "management", "services", "infrastructure", "application", "security", "audit")
    made: list[Node] = []
    cells: list[Cell] = []
    for index in range(initiatives):
        progress = ("done", "running", "not_started", "")[index % 4]
        name = f"{_NAMES['application', 'applications'][index % 6]} tahap {index}"
        made.append(Node(f"i{index}", "initiatives", "across", name, "diskominfo", kind=progress, detail="1 laporan"))
        begin = first + index * 3 % (last - first + 1)
        end = min(begin + index % 3, last) if index % 11 else begin - 1
        value = "late" if index % 5 == 2 else "planned"
        cells += [Cell(f"i{index}", str(year), value) for year in range(begin, end + 1)]
    groups = tuple(
        Group(content, content, tuple(f"i{n}" for n in range(initiatives) if n * n % 6 == at))
        for at, content in enumerate(contents)
    )
    years = Axis("", tuple(Mark(str(year), str(year)) for year in range(first, last + 1)))
    return View(
        "roadmap", "peta-rencana", "Peta Rencana SPBE 2025–2029", "Inisiatif menurut tujuh muatan",
        replace(FRAME, language=language), tuple(made), groups=groups, columns=years, cells=tuple(cells),
    )  # fmt: skip


def reference(elements: int, codes: int = 45, language: str = "id") -> View:
    """Processes by the codes of nine sectors; some have none."""
    made = tuple(node._replace(section="processes", layer="business") for node in nodes(elements))
    sectors = tuple(Mark(f"RAB.0{n}", SECTORS[n - 1]) for n in range(1, 10))
    below = tuple(
        Mark(f"RAB.0{n % 9 + 1}.{n // 9 + 1:02}", f"Urusan {SECTORS[n * 5 % 12]}", f"RAB.0{n % 9 + 1}")
        for n in range(codes)
    )
    members: dict[str, list[str]] = {}
    for index, node in enumerate(made):
        at = int((index * 37 % 101 / 101) ** 3 * (codes + 3))
        key = below[at].key if at < codes else ("", "RAB.01")[index % 2]
        members.setdefault(key, []).append(node.id)
    groups = tuple(Group(key, key, tuple(ids)) for key, ids in sorted(members.items()))
    return View(
        "reference", "referensi-RAB", "Peta Panas Proses Bisnis", "Angka dan warna: jumlah",
        replace(FRAME, language=language), made, groups=groups,
        rows=Axis("sektor", sectors), columns=Axis("urusan", tuple(sorted(below, key=lambda mark: mark.key))),
    )  # fmt: skip


def security(assets: int, language: str = "id") -> View:
    """Assets of three layers and what secures them; every fourth has nothing."""
    kinds = ("standards", "awareness", "vulnerability_assessments", "improvements", "incidents", "audits", "worthiness")
    parts = ("data", "application", "infrastructure")
    made = [node for node in nodes(assets * 3) if node.layer in parts][:assets]
    values = ("done", "adequate", "needs_improvement", "inadequate", "not_performed", "expired")
    cells = tuple(
        Cell(node.id, kind, values[(index + at) % 6] if kind == "audits" else values[0 if at % 3 else 5], ("Audit 1",))
        for index, node in enumerate(made)
        for at, kind in enumerate(kinds)
        if index % 4 and (index * 5 + at * 3) % 4
    )
    na = tuple(Cell(node.id, "audits", "none") for node in made if node.layer == "data" and node.id)
    groups = tuple(
        Group(f"{layer} g{n}", SECTORS[n], tuple(node.id for i, node in enumerate(made) if node.layer == layer
                                                 and i % 4 == n))
        for layer in parts
        for n in range(4)
    )  # fmt: skip
    return View(
        "security", "keamanan", "Cakupan Keamanan", "Aset dan kegiatan", replace(FRAME, language=language),
        tuple(made), groups=groups, columns=Axis("", tuple(Mark(kind, kind) for kind in kinds)),
        cells=tuple({(cell.row, cell.column): cell for cell in (*cells, *na)}.values()),
    )  # fmt: skip


def change(count: int, links: int = 1, language: str = "id") -> View:
    """Elements of which some are added, removed or changed, and the links between them."""
    view = large_chain(count, links, language)
    kinds = ("added", "kept", "kept", "removed", "kept", "changed", "kept")
    made = tuple(node._replace(kind=kinds[index * 3 % 7], status="as_is") for index, node in enumerate(view.nodes))
    said = ("added", "kept", "removed")
    edges = tuple(edge._replace(kind=said[index % 3]) for index, edge in enumerate(view.edges))
    if len(made) > 9:
        same = [node for node in made if node.layer == "application"]
        edges += (Edge(same[0].id, same[-1].id, "replaces", "association"),)
    return replace(
        view, viewpoint="change", name="perubahan", title="Perubahan 2025 → 2029", subtitle="Yang ditambah",
        nodes=made, edges=edges,
    )  # fmt: skip


def context(before: int, after: int, farther: int = 0, language: str = "id") -> View:
    """An element with what leads to it and where it leads, and so many elements a step farther on."""
    made = nodes(1 + before + after + farther)
    made = (made[0]._replace(focus=True), *made[1:])
    focus, left, right = made[0], made[1 : 1 + before], made[1 + before : 1 + before + after]
    last = made[1 + before + after :]
    edges = [Edge(node.id, focus.id, "related", "association") for node in left]
    edges += [Edge(focus.id, node.id, "supports", "serving") for node in right]
    edges += [Edge(right[n % after].id, node.id, "reads", "access") for n, node in enumerate(last) if after]
    groups = (("-1", left), ("0", (focus,)), ("1", right), ("2", last))
    return View(
        "context", "konteks", "Konteks: Bebunge", "Apa yang tertaut dengannya", replace(FRAME, language=language),
        made, tuple(edges), tuple(Group(key, "", tuple(node.id for node in some)) for key, some in groups if some),
    )  # fmt: skip


def duplicates(clusters: int, members: int = 3, language: str = "id") -> View:
    """So many clusters of applications that are alike, every third across agencies, of up to so many members."""
    made: list[Node] = []
    groups = []
    for number in range(clusters):
        kind = "same" if number < clusters * 2 / 3 else "reuse"
        some = [
            Node(
                f"app-{number}-{index}", "applications", "application",
                f"{('Absensi', 'Presensi Pegawai', 'Sistem Informasi Kehadiran Aparatur')[index % 3]} {number}",
                f"Dinas {SECTORS[(number + index) % 12]}", _STATES[(number + index * 3) % len(_STATES)],
                _LEVELS[(number * 7 + index) % len(_LEVELS)],
            )
            for index in range(2 + number * 5 % (members - 1))
        ]  # fmt: skip
        made += some
        said = ", ".join(node.name for node in some[:3])
        groups.append(
            Group(f"{kind}-{number}", said, tuple(node.id for node in some), kind, f"{99 - number % 15} % serupa: nama",
                  "penggabungan menyentuh 3 layanan, 12 data, 1 server, 4 pertukaran data")
        )  # fmt: skip
    return View(
        "duplicates", "duplikasi", "Duplikasi", "Yang serupa", replace(FRAME, language=language), tuple(made),
        groups=tuple(groups),
    )  # fmt: skip


def portfolio(applications: int, offices: int = 12, language: str = "id") -> View:
    """Applications of offices in four classes and in classes of age."""
    view = landscape(applications, offices, language)
    members: list[list[str]] = [[] for _ in range(offices)]
    for index, node in enumerate(view.nodes):
        members[index * index % offices if index % 3 else index % offices].append(node.id)
    groups = tuple(replace(group, nodes=tuple(ids)) for group, ids in zip(view.groups, members, strict=True) if ids)
    classes = tuple(
        Mark(f"class:RAA.0{n // 2 + 1}.0{n % 2 + 1}", f"Aplikasi {name}", f"RAA.0{n // 2 + 1}.0{n % 2 + 1}")
        for n, name in enumerate(("Umum Layanan Publik", "Umum Administrasi Pemerintahan", "Misi", "Fungsi"))
    )
    ages = tuple(Mark(f"age:{name}", name, "age") for name in ("< 3", "3–5", "6–10", "> 10", "tak diketahui"))
    cells: dict[tuple[str, str], list[str]] = {}
    for group in groups:
        for id in group.nodes:
            number = int(id.rpartition("-")[2])
            for mark in (classes[number * 3 % 4], ages[number * 7 % 5]):
                cells.setdefault((group.key, mark.key), []).append(id)
    return replace(
        view, viewpoint="portfolio", name="portofolio", title="Portofolio", subtitle="Menurut kelas", groups=groups,
        rows=Axis("pemilik", tuple(Mark(group.key, group.name) for group in groups)),
        columns=Axis("kelas dan umur", (*classes, *ages)),
        cells=tuple(Cell(row, column, str(len(ids)), tuple(ids)) for (row, column), ids in cells.items()),
    )  # fmt: skip


def metamodel(language: str = "id") -> View:
    """The types as they are declared; nothing made by hand would be as many."""
    return make_view(load_texts([("spbe.yaml", "version: 1\nagency: a\n")]), "metamodel", (), language)


def score(language: str = "id") -> View:
    """What the clean model shows of the evaluation."""
    architecture = load_texts(sorted(clean_texts().items()))
    return score_view(architecture, score_of(architecture), language)


def metrics(language: str = "id") -> View:
    """The clean model in figures."""
    architecture = load_texts(sorted(clean_texts().items()))
    return metrics_view(architecture, measure(architecture, check(architecture)), language)


def difference(language: str = "id") -> View:
    """What became of the clean model when a service and its application gave way to another application."""
    before = dict(clean_texts())
    after = {path: text for path, text in before.items() if "layanan" not in path}
    after["baru.yaml"] = "applications:\n  aplikasi-baru: {name: Aplikasi Baru}\n"
    made = load_texts(sorted(before.items())), load_texts(sorted(after.items()))
    return difference_view(compare(*made), (), language)


def flow(data: int, others: int = 0, language: str = "id") -> View:
    """So many kinds of data, each yielded, written, kept, read and used by some of so many others of each kind."""
    kinds = {
        "yields": ("processes", "business", "data", "processes"),
        "writes": ("applications", "application", "applications", "writes"),
        "keeps": ("storages", "infrastructure", "storages", "stores"),
        "reads": ("applications", "application", "applications", "reads"),
        "uses": ("services", "services", "services", "data"),
    }
    made = [Node(f"d{n}", "data", "data", f"Data Penduduk dan Wilayah {n}", worst=_LEVELS[n % 22]) for n in range(data)]
    groups = {"data": [node.id for node in made]}
    edges = []
    for key, (section, layer, carrier, field) in kinds.items():
        some = [Node(f"{key}{n}", section, layer, f"{SECTORS[n % 12]} {n}", "Dinas") for n in range(others)]
        made += some
        groups[key] = [node.id for node in some]
        for n, node in enumerate(some):
            ends = (f"d{n % data}", node.id) if carrier == "data" else (node.id, f"d{n % data}")
            edges += [Edge(*ends, field, "access")] if data else []
    order = ("yields", "writes", "data", "keeps", "reads", "uses")
    return View(
        "flow", "aliran", "Aliran data", "Siapa menghasilkan dan memakai data", replace(FRAME, language=language),
        tuple(made), tuple(edges), tuple(Group(key, key, tuple(groups[key])) for key in order),
    )  # fmt: skip


def network(networks: int, devices: int = 0, connected: int = 0, language: str = "id") -> View:
    """Networks over the four layers, each with so many devices and so many units that it connects."""
    layers_ = ("access", "telecommunication", "internet", "other")
    kinds, media = ("wired", "wireless", "other", ""), ("serat optik · 10 Gbps", "gelombang mikro", "lainnya", "")
    made: list[Node] = []
    edges: list[Edge] = []
    members: dict[str, list[str]] = {layer: [] for layer in layers_}
    units = [Node(f"u{n}", "units", "across", f"Dinas {SECTORS[n % 12]} {n}") for n in range(connected)]
    for n in range(networks):
        made.append(Node(f"j{n}", "intranets", "infrastructure", f"Jaringan Serat Optik {n}", media[n % 4],
                         kind=kinds[n % 4], status=_STATES[n * 3 % 10]))  # fmt: skip
        members[layers_[n % 4]].append(f"j{n}")
        edges += [Edge(f"j{n}", f"u{m}", "connects", "serving") for m in range(connected) if (m + n) % 3]
        for m in range(devices):
            section = "security_devices" if m % 3 == 2 else "network_devices"
            made.append(Node(f"p{n}-{m}", section, "infrastructure", f"Router Inti Kabupaten {n}.{m}", "router · 2 ×"))
            members[layers_[n % 4]].append(f"p{n}-{m}")
            edges.append(Edge(f"p{n}-{m}", f"j{n}", "networks", "aggregation"))
    loose = [Node("lepas", "network_devices", "infrastructure", "Titik Akses")] if networks else []
    members["access"] += [node.id for node in loose]
    return View(
        "network", "jaringan", "Jaringan", "Empat lapisan jaringan", replace(FRAME, language=language),
        (*made, *loose, *units), tuple(edges),
        tuple(Group(key, key.title(), tuple(ids)) for key, ids in members.items()),
    )  # fmt: skip


def shaded(view: View, classes: int = 9, *, ordered: bool = False, sizes: bool = False) -> View:
    """The same view with a class of colour for each element, and one of size."""
    known = [str(n + 1 if ordered else n) for n in range(min(classes, 4 if ordered else 8))]
    keys = [*known, *([] if ordered or classes <= 8 else ["other"]), "none"]
    swatches = tuple(Swatch(key, f"Dinas {SECTORS[n % 12]}") for n, key in enumerate(keys))
    made = tuple(
        node._replace(shade=keys[n * 5 % len(keys)], size=n % 5 if sizes else 0) for n, node in enumerate(view.nodes)
    )
    return replace(
        view,
        nodes=made,
        colours=Scale("pemilik", swatches, ordered),
        sizes=Scale("pengguna", tuple(Swatch(str(n), f"sampai {n * 90}") for n in range(1, 5)), ordered=True)
        if sizes
        else None,
        up=Door("", view.name, "Arsitektur Kabupaten dalam Satu Halaman"),
    )
