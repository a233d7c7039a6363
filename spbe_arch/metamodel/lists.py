"""The value lists (FORMAT §9): each value with its Indonesian name."""

__all__ = ["LISTS", "ValueList", "value_list"]


class ValueList:
    """A closed list of values with their Indonesian names."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.indonesian: dict[str, str] = {}
        """Canonical value → the Indonesian value that the formatter writes."""
        self.also: dict[str, tuple[str, ...]] = {}
        """Canonical value → further spellings that are read."""
        for entry in text.split(", "):
            value, _, rest = entry.partition(" = ")
            first, _, more = rest.partition(" (")
            self.indonesian[value] = first or value
            self.also[value] = tuple(more.rstrip(")").split("; ")) if more else ()
        self._by_spelling: dict[str, str] | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The canonical values in the order of the list."""
        return tuple(self.indonesian)

    @property
    def spellings(self) -> dict[str, str]:
        """Every spelling that is read, in its plainest form, with its canonical value."""
        if self._by_spelling is None:
            self._by_spelling = {value: value for value in self.indonesian}
            for value, indonesian in self.indonesian.items():
                for spelling in (indonesian, *self.also[value]):
                    self._by_spelling.setdefault(spelling, value)
        return self._by_spelling

    def label(self, value: str, language: str) -> str:
        """The value as words of a sentence, in English or Indonesian."""
        return (self.indonesian[value] if language == "id" else value).replace("_", " ")


def _lists(text: str) -> dict[str, ValueList]:
    lists = {}
    for line in text.strip().splitlines():
        name, _, entries = line.strip().partition(": ")
        lists[name] = ValueList(name, entries)
    return lists


LISTS = _lists(
    """
    lifecycle: as_is = berjalan, upgrade = peningkatan, new = baru, retired = dihentikan
    workflow: draft = draf, submitted = diajukan, verified = diverifikasi, approved = disetujui, rejected = ditolak, archived = arsip
    process_kind: core = inti (utama), management = manajemen, support = pendukung
    audience: public = masyarakat, business = pelaku_usaha, employee = pegawai (asn), government = pemerintah
    method: electronic = elektronik, hybrid = hibrida, face_to_face = tatap_muka
    confidentiality: open = terbuka, limited = terbatas, closed = tertutup
    data_kind: statistical = statistik (data_statistik), geospatial = geospasial (data_geospasial; geopasial), financial = keuangan (data_keuangan), other = lainnya
    frequency: realtime = waktu_nyata, daily = harian, weekly = mingguan, monthly = bulanan, quarterly = tiga_bulanan, half_yearly = enam_bulanan, yearly = tahunan, every_2_years = dua_tahunan, every_3_years = tiga_tahunan, every_5_years = lima_tahunan, other = lainnya
    base: desktop, web, cloud = awan, mobile = seluler, android, ios, mobile_web = web_seluler (mweb)
    license: open_source = sumber_terbuka, proprietary = berpemilik
    exchange_method: api, file = berkas, database = basis_data, message = pesan, manual, other = lainnya
    ownership: own = milik_sendiri, other_government = milik_instansi_pemerintah_lain (instansi_pemerintah_lain), state_enterprise = milik_bumn (bumn), third_party = milik_pihak_ketiga (pihak_ketiga), third_party_domestic = pihak_ketiga_dalam_negeri, third_party_foreign = pihak_ketiga_luar_negeri
    tier: tier_1, tier_2, tier_3, tier_4, non_tier
    cloud_kind: iaas, paas, saas, bdaas, secaas
    server_use: web = web (web_server), portal, web_application = aplikasi_web, mail = surel (mail_server), application = aplikasi, database = basis_data (database), file = berkas (file_server), active_directory = direktori_aktif, information_security = keamanan_informasi
    processor: high_end = kelas_atas, mid_end = kelas_menengah, low_end = kelas_bawah
    raid: raid_0, raid_1, raid_3, raid_5, raid_6, raid_10, non_raid = tanpa_raid
    storage_access: das, nas, san
    network_device_kind: switch_l2, switch_l3, switch_l4, switch_l7, multilayer_switch = switch_multilayer, router, wireless = nirkabel (wireless_equipment), transmission = transmisi (transmission_equipment)
    security_device_kind: firewall, ids, ips, proxy = proksi, load_balancer = penyeimbang_beban, wireless_ips_ids = ips_ids_nirkabel, utm = utm (unified_threat_management), nac = nac (network_access_control), antivirus, waf, vpn
    peripheral_kind: input = masukan, output = keluaran, input_output = masukan_keluaran
    os_kind: dos, unix, macos, windows, networking_os = os_jaringan, linux, mainframe_os = os_mainframe, other = lainnya
    license_term: lifetime = seumur_hidup, periodic = periodik, open_source = kode_sumber_terbuka
    database_kind: relational = relasional, nosql, in_memory = memori (memory_stored), other = lainnya
    spl_kind: government = pemerintah, non_government = non_pemerintah
    intranet_kind: intranet, internet, sdwan
    medium: fiber_optic = serat_optik, coaxial = koaksial, microwave = gelombang_mikro (wireless_microwave), vsat, other = lainnya
    network_role: primary = utama, secondary = cadangan
    network_layer: access = akses, telecommunication = telekomunikasi, internet, other = lainnya
    standard_kind: technical_procedure = teknis_prosedur, international = internasional, other_regulation = regulasi_lain
    audit_kind: infrastructure = infrastruktur, application = aplikasi, security = keamanan
    audit_result: not_performed = belum_dilaksanakan (tidak_dilaksanakan), adequate = memadai, needs_improvement = perlu_peningkatan, inadequate = tidak_memadai
    agency_kind: ministry = kementerian, institution = lembaga, province = provinsi, regency = kabupaten, city = kota, state_enterprise = bumn, company = swasta
    unit_kind: secretariat = sekretariat, office = dinas, body = badan, inspectorate = inspektorat, hospital = rsud, district = kecamatan, bureau = biro, section = bagian, division = bidang, subsection = subbagian (seksi), team = tim, other = lainnya
    unit_role: spbe_coordinator = koordinator_spbe, coordination_team = tim_koordinasi, data_steward = walidata, process_coordinator = koordinator_proses, ict_lead = pembina_tik, independent_ict = mandiri_tik, incident_response = tanggap_insiden (csirt)
    objective_kind: vision = visi, mission = misi, goal = tujuan, objective = sasaran
    policy_kind: law = undang_undang, government_regulation = peraturan_pemerintah, presidential_regulation = peraturan_presiden (perpres), ministerial_regulation = peraturan_menteri, agency_regulation = peraturan_lembaga, local_regulation = peraturan_daerah (perda), head_regulation = peraturan_kepala_daerah (perbup; perwali; pergub), decree = keputusan, circular = surat_edaran, standard = standar
    policy_scope: national = nasional, local = daerah
    gap_category: business = bisnis, services = layanan, data, application = aplikasi, infrastructure = infrastruktur, security = keamanan, governance = tata_kelola, management = manajemen, human_resources = sdm
    priority: high = tinggi, medium = sedang, low = rendah
    decision: open = terbuka, planned = direncanakan, deferred = ditunda, closed = selesai
    initiative_kind: initiative = inisiatif, programme = program, activity = kegiatan
    content: governance = tata_kelola, management = manajemen, services = layanan, infrastructure = infrastruktur, application = aplikasi, security = keamanan, audit = audit_tik
    progress: not_started = belum_mulai, running = berjalan, done = selesai
    document_kind: study = studi, architecture = dokumen_arsitektur, roadmap = dokumen_peta_rencana, review = reviu, decree = keputusan, report = laporan, process_map = peta_proses, agreement = perjanjian, web_page = laman, other = lainnya
    grade: excellent = memuaskan, very_good = sangat_baik, good = baik, fair = cukup, poor = kurang
    confidence: high = tinggi, medium = sedang, low = rendah, illustrative = ilustratif
    """
)
"""Every value list by name: `english = indonesian (also read; also read)`, as in FORMAT §9."""


def value_list(name: str) -> ValueList:
    """The value list of this name, as in "lifecycle"."""
    return LISTS[name]
