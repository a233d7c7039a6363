"""Words of which the generator makes names that sound like those of an Indonesian office."""

ACTIONS = (
    "Penyusunan Rencana", "Pengelolaan", "Pelaksanaan", "Pemantauan", "Evaluasi", "Verifikasi",
    "Pembinaan", "Pengawasan", "Koordinasi", "Fasilitasi", "Penyaluran Bantuan", "Pencatatan",
    "Pemeriksaan", "Penilaian", "Penetapan", "Penyuluhan", "Pemeliharaan Sarana", "Pengadaan Sarana",
    "Penyelesaian Sengketa", "Pendaftaran", "Pemutakhiran Data", "Pelaporan", "Standardisasi",
    "Pendampingan", "Sosialisasi", "Penganggaran", "Pengembangan Kapasitas", "Penelitian", "Kerja Sama",
)  # fmt: skip

OCCASIONS = (
    "Tahunan", "Semesteran", "Triwulanan", "Berbasis Masyarakat", "Lintas Sektor", "Tingkat Kecamatan",
    "Tingkat Desa", "Kawasan Perkotaan", "Kawasan Perdesaan", "Daerah Pesisir", "Daerah Perbatasan",
    "Kelompok Rentan", "Usaha Mikro", "Usaha Menengah", "Sekolah Dasar", "Sekolah Menengah",
    "Perguruan Tinggi", "Rumah Sakit", "Puskesmas", "Keadaan Darurat", "Pascabencana", "Aparatur",
    "Tenaga Honorer", "Mitra Swasta", "Badan Usaha", "Lembaga Adat", "Rumah Tangga", "Pemuda",
    "Perempuan", "Lanjut Usia", "Penyandang Disabilitas",
)  # fmt: skip

SERVICES = (
    "Penerbitan Rekomendasi", "Konsultasi", "Permohonan Izin", "Pendaftaran Peserta", "Pelatihan",
    "Penyaluran Bantuan", "Legalisasi Dokumen", "Informasi Publik", "Peminjaman Sarana", "Sertifikasi",
    "Pengujian", "Mediasi", "Penjadwalan Kunjungan", "Klaim Manfaat", "Perpanjangan Izin",
    "Verifikasi Berkas", "Bimbingan Teknis", "Pelaporan Mandiri", "Pemesanan Layanan",
    "Penerbitan Surat Keterangan", "Rujukan", "Pengajuan Keberatan", "Permintaan Data",
)  # fmt: skip

RECORDS = (
    "Penerima Manfaat", "Sebaran Lokasi", "Realisasi Anggaran", "Capaian Kinerja", "Petugas Lapangan",
    "Sarana Prasarana", "Hasil Pemeriksaan", "Permohonan Masuk", "Izin Terbit", "Kunjungan",
    "Inventaris Aset", "Jadwal Kegiatan", "Kontrak Pengadaan", "Peserta Pelatihan", "Rekapitulasi Aduan",
    "Hasil Survei", "Tarif", "Retribusi", "Kebutuhan Pegawai", "Arsip Keputusan", "Titik Koordinat",
    "Batas Wilayah", "Harga Harian", "Stok Gudang", "Mitra Kerja", "Hasil Uji Laboratorium",
    "Kejadian Bencana", "Temuan Pengawasan", "Tindak Lanjut", "Rencana Kerja", "Nomor Induk",
    "Kepemilikan Lahan", "Penggunaan Energi",
)  # fmt: skip

SUBJECTS = (
    "Pasar Rakyat", "Irigasi", "Jalan Kabupaten", "Jembatan", "Terminal", "Parkir", "Taman Kota",
    "Air Minum", "Limbah", "Sampah", "Hutan Rakyat", "Tambak", "Nelayan", "Peternak", "Petani",
    "Koperasi", "Warung", "Hotel", "Restoran", "Objek Wisata", "Cagar Budaya", "Sanggar Seni",
    "Perpustakaan", "Posyandu", "Apotek", "Klinik", "Guru", "Siswa", "Beasiswa", "Pencari Kerja",
    "Perusahaan", "Pajak Hotel", "Reklame", "Rumah Susun", "Makam", "Pondok Pesantren",
    "Menara Telekomunikasi", "Kendaraan Dinas", "Gedung Kantor", "Angkutan Umum",
)  # fmt: skip

BREAKDOWNS = (
    "per Kecamatan", "per Kelurahan", "per Triwulan", "per Bulan", "menurut Jenis Kelamin",
    "menurut Kelompok Umur", "menurut Sumber Dana", "menurut Jenis Usaha", "per Unit Kerja",
    "per Tahun Anggaran", "menurut Status", "per Wilayah Kerja",
)  # fmt: skip

SYLLABLES = (
    "ba", "ca", "da", "ga", "ja", "ka", "la", "ma", "na", "pa", "ra", "sa", "ta", "wa", "bi", "di", "gi",
    "ki", "li", "mi", "ni", "pi", "ri", "si", "ti", "bu", "du", "gu", "ku", "lu", "mu", "nu", "pu", "ru",
    "su", "tu", "ke", "le", "me", "se",
)  # fmt: skip

OFFICES = (
    ("office", "Dinas"), ("body", "Badan"), ("bureau", "Biro"), ("inspectorate", "Inspektorat"),
    ("section", "Bagian"), ("hospital", "Rumah Sakit"), ("district", "Kecamatan"), ("other", "Balai"),
)  # fmt: skip

DIVISIONS = ("Perencanaan", "Pelayanan", "Pengendalian")

PLACES = tuple(
    first + second
    for first in (
        "Suka", "Mekar", "Karang", "Tanjung", "Sido", "Marga", "Purwa", "Bojong", "Kerta", "Wana", "Banjar",
        "Pasir", "Giri", "Jati", "Sumber", "Tirta", "Cipta", "Bumi", "Harja", "Kali",
    )
    for second in (
        "maju", "jaya", "sari", "mulya", "rahayu", "asih", "harum", "mukti", "negara", "lestari", "makmur",
        "wangi", "luhur", "raya", "indah", "agung", "hilir", "tengah", "kidul", "wetan",
    )
)  # fmt: skip

PURPOSES = (
    "untuk memenuhi kebutuhan masyarakat di wilayah kerja",
    "untuk mendukung pengambilan keputusan pimpinan",
    "untuk menjamin ketepatan sasaran program daerah",
    "untuk mempercepat penyelesaian berkas permohonan",
    "untuk menjaga mutu pelayanan sesuai standar",
    "untuk memadukan pekerjaan beberapa unit kerja",
    "untuk memantau pelaksanaan rencana kerja tahunan",
    "untuk melaporkan hasil kepada pemerintah pusat",
)

MANNERS = (
    "yang dimutakhirkan setiap awal bulan oleh petugas",
    "dengan tahapan penerimaan, pemeriksaan, dan penetapan",
    "bersama unit terkait dan perwakilan masyarakat",
    "menurut prosedur operasional yang ditetapkan",
    "yang dievaluasi pada setiap akhir triwulan",
    "dengan berkas yang disimpan secara elektronik",
    "di kantor induk dan seluruh kantor cabang",
)

THINGS = {
    "servers": "Server aplikasi",
    "operating_systems": "Sistem operasi",
    "databases": "Basis data",
    "storages": "Media penyimpanan",
    "intranets": "Jaringan kantor",
    "network_devices": "Perangkat jaringan",
    "security_devices": "Tembok api",
    "utilities": "Utilitas pencadangan",
    "peripherals": "Pencetak",
    "clouds": "Komputasi awan",
    "standards": "Standar keamanan",
    "worthiness": "Uji kelaikan",
    "vulnerability_assessments": "Penilaian kerentanan",
    "awareness": "Edukasi keamanan",
    "improvements": "Peningkatan keamanan",
    "incidents": "Penanganan insiden",
    "audits": "Audit keamanan",
}
