"""Family 1 as far as reader and linker find it: schema, identity, links, codes (rules A of the regulation)."""

from spbe_arch.catalogue import Basis, declare
from spbe_arch.findings import Level

_P132 = Basis("Perpres 132/2022", "high")
_PRACTICE = Basis("practice in offices and their software", "high")

UNKNOWN_TARGET = declare(
    "SPBE101",
    "unknown-target",
    Level.ERROR,
    "{element} names unknown {expected} {target}",
    fixes="both",
    letter="A8",
    basis=(Basis("Lampiran arsitektur kementerian: choices come from the other metadata", "high"),),
    page="""A link names an element that does not exist.

    Why it matters:
        Nothing can be followed along it: the picture lacks the line, and every count that rests on it is wrong.

    Wrong:
        services:
          pajak-restoran:
            processes: [pemungutan-pajk, penagihan-pajak]

    Right:
        services:
          pajak-restoran:
            processes: [pemungutan-pajak, penagihan-pajak]

    How to fix:
        Write the id of an element that exists; a near miss is named. An element of another agency is written
        `agency/id`.
    """,
)

WRONG_TARGET_TYPE = declare(
    "SPBE102",
    "wrong-target-type",
    Level.ERROR,
    "field {field} of {element} takes {expected}, and {target} is {actual}",
    letter="A8",
    basis=(Basis("Lampiran arsitektur kementerian, bab III (relations between domains)", "high"),),
    page="""A link names an element of a type that it cannot point to.

    Why it matters:
        The national framework allows certain relations only. There is no direct link from a process to an
        application, for instance: the service stands between them.

    Wrong:
        services:
          pajak-restoran:
            processes: [data-restoran, penagihan-pajak]

    Right:
        services:
          pajak-restoran:
            processes: [pemungutan-pajak, penagihan-pajak]

    How to fix:
        Name an element of the type expected, or use the field that is meant for this type.
    """,
)

UNKNOWN_FIELD = declare(
    "SPBE103",
    "unknown-field",
    Level.ERROR,
    "{element} has no field {field}",
    fixes="both",
    page="""A field is not one of the type's.

    Why it matters:
        A misspelt field is lost in silence elsewhere; here it is named, and the field that it nearly spells counts
        as unknown, not as missing.

    Wrong:
        services:
          pajak-restoran:
            fungtion: Memungut pajak atas makanan dan minuman

    Right:
        services:
          pajak-restoran:
            function: Memungut pajak atas makanan dan minuman

    How to fix:
        Take the spelling proposed, in English or Indonesian. What fits no field belongs in `note` or `tags`.
    """,
)

UNKNOWN_SECTION = declare(
    "SPBE104",
    "unknown-section",
    Level.ERROR,
    "{section} is not a section of this format",
    fixes="both",
    always=True,  # its elements are not read
    page="""A key at the top of a file is no section.

    Why it matters:
        All elements below it are unread; links to them are counted as undecided.

    Wrong:
        # file: salah.yaml
        policies: {}
        polices:
          perbup-contoh:
            name: Peraturan Bupati Contoh

    Right:
        # file: salah.yaml
        policies:
          perbup-contoh:
            name: Peraturan Bupati Contoh
            scope: local

    How to fix:
        Take the spelling proposed; `spbe schema` lists all sections.
    """,
)

WRONG_SHAPE = declare(
    "SPBE105",
    "wrong-shape",
    Level.ERROR,
    "{found} stands where {wanted} is expected",
    fixes="safe",
    page="""A list, a mapping or a single value stands where another of them is expected.

    Why it matters:
        The value cannot be read, so the field counts as unknown.

    Wrong:
        services:
          pajak-restoran:
            purpose: {kata: Penerimaan daerah}

    Right:
        services:
          pajak-restoran:
            purpose: Penerimaan daerah

    How to fix:
        Look at the indentation first: a line too far to the right becomes part of the value above it.
    """,
)

UNKNOWN_VALUE = declare(
    "SPBE106",
    "unknown-value",
    Level.ERROR,
    "{value} is not one of the values {choices}",
    fixes="unsafe",
    page="""A value is not in the list of its field.

    Why it matters:
        Counts, filters and pictures go by these values, and the national system takes no others.

    Wrong:
        services:
          pajak-restoran:
            method: elektronk

    Right:
        services:
          pajak-restoran:
            method: elektronik

    How to fix:
        Take one of the values named, in English or Indonesian; case, spaces, `-` and `/` do not matter.
    """,
)

DUPLICATE_ID = declare(
    "SPBE107",
    "duplicate-id",
    Level.ERROR,
    "id {id} is taken by {other}",
    letter="A7",
    basis=(Basis("Lampiran arsitektur kementerian: the ID is a unique number", "high"),),
    always=True,  # its elements are not read
    page="""Two elements of an agency have one id.

    Why it matters:
        A link to the id could mean either. The first in the order of paths is kept; this one is left out. Two
        repositories of one architecture that name the same agency are one such fault, whatever ids they share.

    Wrong:
        # file: salah.yaml
        policies:
          pajak-restoran:
            name: Peraturan Daerah tentang Pajak Restoran

    Right:
        # file: salah.yaml
        policies:
          perda-pajak-restoran:
            name: Peraturan Daerah tentang Pajak Restoran

    How to fix:
        Give one of them another id, for instance with its type before it; ids are unique over all sections.
    """,
)

MALFORMED_ID = declare(
    "SPBE108",
    "malformed-id",
    Level.ERROR,
    "{id} cannot be an id; use at most 100 ASCII letters, digits, '-', '_' and '.', a letter or digit at both ends",
    fixes="unsafe",
    always=True,  # its elements are not read
    page="""An id holds characters that ids do not have.

    Why it matters:
        Ids stand in links, file names, addresses of pages and commands. The element is left out.

    Wrong:
        # file: salah.yaml
        policies:
          perda pajak:
            name: Peraturan Daerah tentang Pajak Restoran

    Right:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran

    How to fix:
        Take the id proposed. What people should read belongs in `name`.
    """,
)

IDS_DIFFER_IN_CASE = declare(
    "SPBE109",
    "ids-differ-in-case",
    Level.WARNING,
    "id {id} differs only in case from that of {other}",
    basis=(_PRACTICE,),
    page="""Two ids are the same but for capital letters.

    Why it matters:
        People and file systems of Windows and macOS take them for one.

    Wrong:
        # file: salah.yaml
        policies:
          Pajak-Restoran:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    Right:
        # file: salah.yaml
        policies:
          perda-pajak-restoran:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    How to fix:
        Give one of them another id.
    """,
)

MISSING_FIELD = declare(
    "SPBE110",
    "missing-field",
    Level.ERROR,
    "{element} lacks the field {field}",
    basis=(Basis("Lampiran arsitektur kementerian (metadata: nama)", "high"),),
    page="""A field is blank without which the element means nothing.

    Why it matters:
        An element without a name, an exchange without its two ends, an evaluation without its year cannot be drawn
        or counted. All else may stay blank while a model is in the making.

    Wrong:
        # file: salah.yaml
        policies:
          perda-pajak:
            scope: local

    Right:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    How to fix:
        Fill the field in.
    """,
)

MALFORMED_NUMBER = declare(
    "SPBE111",
    "malformed-number",
    Level.ERROR,
    "{value} cannot be read as {wanted}",
    fixes="both",
    page="""A number is written in a way that could mean two things, or is none.

    Why it matters:
        `1.000` is a thousand in Indonesian and one in YAML; `3,52` is no number in YAML. Guessing would make a
        bandwidth a thousand times too small.

    Wrong:
        servers:
          server-pajak-1:
            memory: 64 lembar

    Right:
        servers:
          server-pajak-1:
            memory: 64

    How to fix:
        Write digits with a decimal point and no separator of thousands, with or without a unit: `1000`, `0.5`,
        `10 Gbps`, `4 TB`, `2.5 juta`.
    """,
)

MALFORMED_DATE = declare(
    "SPBE112",
    "malformed-date",
    Level.ERROR,
    "{value} is not a date; write the year first, as in 2025-06-10, 2025-06 or 2025",
    fixes="both",
    page="""A date is not written with the year first, or does not exist.

    Why it matters:
        `10/06/2025` is June for some and October for others.

    Wrong:
        vulnerability_assessments:
          uji-penetrasi:
            date: 10/06/2026

    Right:
        vulnerability_assessments:
          uji-penetrasi:
            date: 2026-06-10

    How to fix:
        Write `2025-06-10`. What is not known is left out: `2025-06` or `2025`.
    """,
)

MALFORMED_YEAR = declare(
    "SPBE113",
    "malformed-year",
    Level.ERROR,
    "{value} is not a year from 1900 to 2100",
    fixes="safe",
    page="""A year is not four digits from 1900 to 2100.

    Why it matters:
        Slices of the model at a year, and the roadmap, go by it.

    Wrong:
        applications:
          e-pajak:
            since: 21

    Right:
        applications:
          e-pajak:
            since: 2021

    How to fix:
        Write four digits, or leave the field blank if the year is not known.
    """,
)

PLACEHOLDER_VALUE = declare(
    "SPBE114",
    "placeholder-value",
    Level.ERROR,
    "{value} stands for no value; leave the field blank",
    fixes="safe",
    basis=(_PRACTICE,),
    page="""A dash, "n/a" or "tidak ada" stands where nothing should stand.

    Why it matters:
        It looks filled in, to people and to counts, and says nothing.

    Wrong:
        services:
          pajak-restoran:
            function: "-"

    Right:
        services:
          pajak-restoran:
            function:

    How to fix:
        Remove it. A blank field is the same as no field.
    """,
)

OTHER_END_TYPED = declare(
    "SPBE115",
    "other-end-typed",
    Level.ERROR,
    "{field} is the other end of a link; write it as {stored} of the {section}",
    fixes="both",
    basis=(Basis("Kabupaten and ministry sheets: links entered twice drift apart", "high"),),
    page="""A link is typed at the end where it is not kept.

    Why it matters:
        Each link is kept once, on the side of the person who knows it. Kept at both ends, the two drift apart.

    Wrong:
        services:
          pajak-restoran:
            supported_by: [e-pajak]

    Right:
        services:
          pajak-restoran:
            note: e-pajak mendukung layanan ini

    How to fix:
        Move the link to the element and field that the message names.
    """,
)

UNUSED_DEFAULT = declare(
    "SPBE116",
    "unused-default",
    Level.WARNING,
    "no element of this file has a field {field}",
    fixes="unsafe",
    page="""A default applies to nothing in its file.

    Why it matters:
        It was meant for something, and that is not there.

    Wrong:
        # file: salah.yaml
        defaults:
          facility: pusat-data
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    Right:
        # file: salah.yaml
        defaults:
          scope: local
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran

    How to fix:
        Remove it, or move it to the file whose elements it is for.
    """,
)

UNKNOWN_AGENCY = declare(
    "SPBE117",
    "unknown-agency",
    Level.ERROR,
    "{element} links to {target}, but agency {agency} is neither loaded nor listed under 'agencies'",
    letter="A8",
    page="""A link to another agency names one that nobody has declared.

    Why it matters:
        An external element is kept and drawn unchecked, so at least its agency must be known.

    Wrong:
        services:
          pajak-restoran:
            data: [dukcapil/data-penduduk]

    Right:
        services:
          pajak-restoran:
            data: [data-restoran]

    How to fix:
        Add the agency under `agencies`, or correct its id.
    """,
)

NO_DEFAULT_ALLOWED = declare(
    "SPBE118",
    "no-default-allowed",
    Level.ERROR,
    "field {field} takes no default",
    page="""A field that is different for each element stands under `defaults`.

    Why it matters:
        Names, registry numbers, aliases and predecessors belong to one element.

    Wrong:
        # file: salah.yaml
        defaults:
          name: Peraturan
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    Right:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    How to fix:
        Write it at each element.
    """,
)

MALFORMED_CODE = declare(
    "SPBE120",
    "malformed-code",
    Level.ERROR,
    "{value} is not a code of the form {prefix}.01.02",
    fixes="safe",
    letter="A1",
    basis=(_P132,),
    page="""A reference code does not have the form of a code.

    Why it matters:
        The code places the element in the national architecture.

    Wrong:
        services:
          pajak-restoran:
            reference: RAL.1.16

    Right:
        services:
          pajak-restoran:
            reference: RAL.01.16

    How to fix:
        Three letters, then one to seven groups of two digits. The letters of the field's own table may be left out.
    """,
)

CODE_OF_ANOTHER_TABLE = declare(
    "SPBE121",
    "code-of-another-table",
    Level.ERROR,
    "{value} is a code of {other}; the field takes codes of {prefix}",
    letter="A1",
    basis=(_P132,),
    page="""A reference code comes from the table of another layer.

    Why it matters:
        A service filed under a process code is counted among the processes.

    Wrong:
        services:
          pajak-restoran:
            reference: RAB.02.01

    Right:
        services:
          pajak-restoran:
            reference: RAL.01.16

    How to fix:
        Take a code of the table of this type: RAB for processes, RAL for services, RAD for data, RAA for
        applications, RAI for infrastructure, RAK for security.
    """,
)

UNKNOWN_NATIONAL_CODE = declare(
    "SPBE122",
    "unknown-national-code",
    Level.ERROR,
    "{value} is not in the national table {prefix}, which has {first} to {last}",
    letter="A2",
    basis=(_P132,),
    page="""A code of level 1 or 2 is not in the national table, and the table is complete there.

    Why it matters:
        Levels 1 and 2 are set for all agencies, so the code means nothing to anybody else.

    Wrong:
        applications:
          e-pajak:
            reference: RAA.03.01

    Right:
        applications:
          e-pajak:
            reference: RAA.02.02

    How to fix:
        Take a code of the national table; the annex of the regulation lists them.
    """,
)

UNLISTED_NATIONAL_CODE = declare(
    "SPBE123",
    "unlisted-national-code",
    Level.WARNING,
    "{value} is not in the national table {prefix}, which has {first} to {last} as far as it is known here",
    letter="A2",
    basis=(Basis("Perpres 132/2022", "medium"),),
    page="""A code of level 1 or 2 is not in the table, and the table is perhaps one code short there.

    Why it matters:
        It is most likely a slip; the sources of the table cannot rule out that the code exists.

    Wrong:
        services:
          pajak-restoran:
            reference: RAL.01.97

    Right:
        services:
          pajak-restoran:
            reference: RAL.01.16

    How to fix:
        Look the code up in the annex of the regulation.
    """,
)

UNKNOWN_LOCAL_CODE = declare(
    "SPBE124",
    "unknown-local-code",
    Level.NOTE,
    "{value} is not in the table {prefix} below {parent}; describe it under 'references'",
    letter="A3",
    basis=(Basis("Perpres 132/2022: levels 3 and below are set by each agency", "high"),),
    page="""A code of level 3 or below is in no table.

    Why it matters:
        Agencies set these codes themselves, so the same one means different things in two agencies. What it means
        here should be written down.

    Wrong:
        services:
          pajak-restoran:
            reference: RAL.01.16.97

    Right:
        services:
          pajak-restoran:
            reference: RAL.01.16

    How to fix:
        Add the code with its name under `references` in a file of the model.
    """,
)

DAMAGED_CODE = declare(
    "SPBE125",
    "damaged-code",
    Level.ERROR,
    "{value} looks like a code that a spreadsheet turned into a number or a date",
    fixes="both",
    letter="A6",
    basis=(Basis("Lampiran arsitektur kementerian (metadata: Kode Model Referensi)", "high"),),
    page="""A code was damaged by a spreadsheet.

    Why it matters:
        `02.10` becomes 2.1 and `02.01.01` becomes a date as soon as a cell is not formatted as text.

    Wrong:
        services:
          pajak-restoran:
            reference: 1.16

    Right:
        services:
          pajak-restoran:
            reference: RAL.01.16

    How to fix:
        Write the code in full; the codes that it may have been are named. In the spreadsheet, format the column as
        text first.
    """,
)

DUPLICATE_REGISTRY_ID = declare(
    "SPBE126",
    "duplicate-registry-id",
    Level.ERROR,
    "registry number {number} is taken by {other}",
    letter="A7",
    basis=(Basis("Lampiran arsitektur kementerian: the ID is a unique number", "high"),),
    page="""Two elements of a section have one registry number.

    Why it matters:
        The national system keeps one of them and loses the other.

    Wrong:
        services:
          pajak-restoran:
            registry_id: DAL-001
          pajak-hotel:
            registry_id: DAL-001

    Right:
        services:
          pajak-restoran:
            registry_id: DAL-001
          pajak-hotel:
            registry_id: DAL-002

    How to fix:
        Look both up in the national system.
    """,
)

UNIT_BY_NAME = declare(
    "SPBE152",
    "unit-by-name",
    Level.WARNING,
    "{element} names a unit by one of its names, {target}, instead of its id",
    fixes="safe",
    letter="A10",
    basis=(_PRACTICE,),
    page="""A unit is named by its name, its short name or another spelling, instead of its id.

    Why it matters:
        Offices are written in many ways, and a name changes with the next reorganisation. The link is followed, since
        the unit lists this spelling; the id is what stays.

    Wrong:
        services:
          pajak-restoran:
            owner: Badan Pendapatan Daerah

    Right:
        services:
          pajak-restoran:
            owner: bapenda

    How to fix:
        Write the id that is proposed.
    """,
)

CIRCULAR_LINK = declare(
    "SPBE127",
    "circular-link",
    Level.ERROR,
    "{element} leads back to itself through {field}",
    page="""An element leads back to itself through its parents, predecessors or the work before it.

    Why it matters:
        A unit that contains its own office has no top: counts for it would never end.

    Wrong:
        units:
          bapenda:
            parent: bidang-pajak

    Right:
        units:
          bapenda:
            parent:

    How to fix:
        Remove the link that points back up.
    """,
)

NATIONAL_CODE_REDEFINED = declare(
    "SPBE128",
    "national-code-redefined",
    Level.ERROR,
    "{value} is of level 1 or 2, which are national; an agency describes codes of level 3 and below",
    letter="A3",
    basis=(Basis("Perpres 132/2022: levels 1 and 2 are set for all agencies", "high"),),
    page="""An agency describes a code of level 1 or 2 as its own.

    Why it matters:
        Those levels are the same for everybody; that is what makes agencies comparable.

    Wrong:
        # file: salah.yaml
        references:
          RAL.01: {name: Layanan Kami}

    Right:
        # file: salah.yaml
        references:
          RAL.01.16.97: {name: Layanan Kami}

    How to fix:
        Describe a code of level 3 or below.
    """,
)

CODE_UNLIKE_NAME = declare(
    "SPBE129",
    "code-unlike-name",
    Level.WARNING,
    "{code} is {called}, and {name} is written after it",
    letter="A5",
    basis=(Basis("practice in offices and their software", "medium"),),
    page="""A code stands in one cell with a name that is not its own.

    Why it matters:
        Either the code or the name is wrong, and the machine believes the code. Names of levels 1 and 2 and of the
        agency's own codes are compared; a part of the name, another order of its words or a slip is no fault.

    Wrong:
        services:
          pajak-restoran:
            reference: RAL.01.16 Pendidikan

    Right:
        services:
          pajak-restoran:
            reference: RAL.01.16 Perizinan

    How to fix:
        Look both up in the table, correct the one that is wrong, or leave the name out.
    """,
)

REPEATED_ITEM = declare(
    "SPBE135",
    "repeated-item",
    Level.WARNING,
    "{value} stands twice in {field}",
    fixes="safe",
    basis=(_PRACTICE,),
    page="""An item stands twice in one list.

    Why it matters:
        A link that is written twice is counted twice, and whoever removes one of the two believes that it is gone.

    Wrong:
        services:
          pajak-restoran:
            processes: [pemungutan-pajak, penagihan-pajak, pemungutan-pajak]

    Right:
        services:
          pajak-restoran:
            processes: [pemungutan-pajak, penagihan-pajak]

    How to fix:
        Remove one of the two. Of a link with a note, keep the one that has the note.
    """,
)

DAMAGED_MANIFEST = declare(
    "SPBE130",
    "manifest-field-missing",
    Level.ERROR,
    "the manifest gives no value to the key {field}",
    page="""The manifest `spbe.yaml` lacks a key that everything hangs on, or leaves it blank.

    Why it matters:
        `agency` is the name space of all ids, `name` stands on every sheet, `version` tells how the files are read.

    Wrong:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh

    How to fix:
        Write the key and its value.
    """,
)

UNKNOWN_VERSION = declare(
    "SPBE131",
    "unknown-format-version",
    Level.ERROR,
    "version {value} of the format is not known; this program reads version 1",
    page="""The manifest names a version of the format that this program does not know.

    Why it matters:
        Its files may mean something else than is read here.

    Wrong:
        # file: spbe.yaml
        version: 9
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh

    How to fix:
        Write `version: 1`, or install a newer release.
    """,
)

UNREACHABLE_MEMBER = declare(
    "SPBE132",
    "unreachable-member",
    Level.ERROR,
    "member {member} is not a folder with a spbe.yaml inside this repository",
    page="""A member of the manifest is not there, or lies outside the repository.

    Why it matters:
        A province that cannot read one of its regencies would count without it.

    Wrong:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        members: [anggota/tiada]

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh

    How to fix:
        Correct the path; it is relative to the manifest and may not leave its folder.
    """,
)

MALFORMED_PERIOD = declare(
    "SPBE133",
    "malformed-period",
    Level.ERROR,
    "{value} is not a period; write two years, as in 2025-2029",
    page="""The period of the manifest is not two years.

    Why it matters:
        It bounds the roadmap and picks the reference tables.

    Wrong:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        period: lima tahun

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        period: 2025-2029

    How to fix:
        Write the first and the last year with a hyphen.
    """,
)

ALIAS_TAKEN = declare(
    "SPBE136",
    "alias-taken",
    Level.ERROR,
    "alias {alias} is taken by {other}",
    letter="A7",
    basis=(_PRACTICE,),
    page="""An old id under `aliases` is the id of another element, or an old id of another.

    Why it matters:
        An alias keeps links alive that name the old id. When two elements answer to it, such a link leads to the
        other one, and nobody sees it.

    Wrong:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local
            aliases: [pajak-resto]

    Right:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local
            aliases: [perda-resto]

    How to fix:
        Leave the alias to the element that the old links mean, and remove it from the other.
    """,
)

VIEW_PARAMETER_UNKNOWN = declare(
    "SPBE170",
    "view-parameter-unknown",
    Level.ERROR,
    "viewpoint {viewpoint} of {view} does not take {parameter}; it takes {known}",
    page="""A view gives its viewpoint a parameter that this viewpoint does not take.

    Why it matters:
        The picture would look as if the parameter had been heeded. The view is left out until it is mended.

    Wrong:
        # file: salah.yaml
        views:
          aplikasi-pajak: {viewpoint: landscape, depth: 2}

    Right:
        # file: salah.yaml
        views:
          aplikasi-pajak: {viewpoint: landscape, colour_by: status}

    How to fix:
        Take the parameter away, or take another viewpoint; `spbe views --language en` lists what each takes.
    """,
)

VIEW_SUBJECT_UNFIT = declare(
    "SPBE171",
    "view-subject-unfit",
    Level.ERROR,
    "viewpoint {viewpoint} of {view} cannot be about {subject}; it can be about {known}",
    page="""A view is about something that its viewpoint has no pictures of, or about nothing where it needs a subject.

    Why it matters:
        There is no such picture. The view is left out until it is mended.

    Wrong:
        # file: salah.yaml
        views:
          rantai-pajak: {viewpoint: chain, about: e-pajak}

    Right:
        # file: salah.yaml
        views:
          rantai-pajak: {viewpoint: chain, about: pajak-restoran}

    How to fix:
        Name a subject of a kind that the message lists, under `about` for one and under `for_each` for a sheet of each.
    """,
)

VIEW_ID_TAKEN = declare(
    "SPBE172",
    "view-id-taken",
    Level.ERROR,
    "view {id} would be drawn into the same files as {other}",
    page="""A view has the id of another view, or one that begins with the name of a viewpoint.

    Why it matters:
        Views are drawn into files of their names, so one would overwrite the other. This one is left out.

    Wrong:
        # file: salah.yaml
        views:
          landscape: {viewpoint: landscape}

    Right:
        # file: salah.yaml
        views:
          aplikasi-pajak: {viewpoint: landscape}

    How to fix:
        Give it another id. Capital letters do not tell ids apart, since they do not tell files apart everywhere.
    """,
)

UNKNOWN_TYPE = declare(
    "SPBE173",
    "unknown-type",
    Level.ERROR,
    "{value} is not a type of elements",
    page="""A filter names a type of elements that does not exist.

    Why it matters:
        Nothing would pass the filter, and an empty picture looks like an empty architecture.

    Wrong:
        # file: salah.yaml
        views:
          aplikasi-pajak: {viewpoint: layers, where: {type: [aplikasii]}}

    Right:
        # file: salah.yaml
        views:
          aplikasi-pajak: {viewpoint: layers, where: {type: [aplikasi]}}

    How to fix:
        Write the name of a section, in English or Indonesian, or that of a whole layer, as in `infrastructure`.
    """,
)

VIEW_FIELD_UNFIT = declare(
    "SPBE174",
    "view-field-unfit",
    Level.ERROR,
    "{parameter} of {view} cannot go by {field}; {reason}",
    page="""A view groups, colours or sizes elements by something that they cannot be told apart by.

    Why it matters:
        All elements would look alike, as if nothing were known of any of them. The view is left out until it is mended.

    Wrong:
        # file: salah.yaml
        views:
          aplikasi-pajak: {viewpoint: landscape, size_by: license}

    Right:
        # file: salah.yaml
        views:
          aplikasi-pajak: {viewpoint: landscape, size_by: users}

    How to fix:
        Take a field of the elements that the viewpoint shows: of few different values for groups and colours, a number
        or a link for sizes. `unit`, `layer`, `type` and `agency` are understood for groups and colours everywhere.
    """,
)

UNKNOWN_RULE = declare(
    "SPBE140",
    "unknown-rule",
    Level.ERROR,
    "there is no rule {rule}",
    fixes="unsafe",
    page="""A setting or a suppression names a rule that does not exist.

    Why it matters:
        It was meant to select, change or silence something, and does nothing.

    Wrong:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        check: {ignore: [SPBE999]}

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        check: {ignore: [SPBE5]}

    How to fix:
        Write a code, the beginning of one, or a name; `spbe rules` lists them.
    """,
)

MALFORMED_SUPPRESSION = declare(
    "SPBE141",
    "malformed-suppression",
    Level.WARNING,
    "comment {text} is not understood; write 'spbe: ignore[CODE] reason until DATE'",
    page="""A comment speaks to this program and is not understood.

    Why it matters:
        Whoever wrote it believes that something is silenced.

    Wrong:
        # file: salah.yaml
        policies: {}  # spbe: abaikan semuanya

    Right:
        # file: salah.yaml
        policies: {}

    How to fix:
        Write `# spbe: ignore[SPBE501] reason`, with `until 2027-01-01` behind it if it is for a time only.
    """,
)

UNUSED_SUPPRESSION = declare(
    "SPBE142",
    "unused-suppression",
    Level.WARNING,
    "nothing here is found by {rules}; remove the suppression",
    fixes="safe",
    page="""A suppression silences nothing.

    Why it matters:
        The fault has been mended, and the comment would silence the next one of its kind.

    Wrong:
        # file: salah.yaml
        policies:
          perda-pajak:  # spbe: ignore[SPBE110] masih dirancang
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    Right:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    How to fix:
        Remove the comment.
    """,
)

EXPIRED_SUPPRESSION = declare(
    "SPBE143",
    "expired-suppression",
    Level.WARNING,
    "this suppression ended on {date}",
    page="""A suppression has passed its date; what it silenced is shown again.

    Why it matters:
        The time that was allowed for mending has run out.

    Wrong:
        # file: salah.yaml
        policies:
          perda-pajak:  # spbe: ignore[SPBE110] masih dirancang until 2020
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    Right:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    How to fix:
        Mend what it silenced and remove it, or agree on a new date.
    """,
)

FUTILE_SUPPRESSION = declare(
    "SPBE145",
    "futile-suppression",
    Level.WARNING,
    "{rules} cannot be switched off, since it says that something was not read; remove the name here",
    page="""A suppression or a setting names a rule that cannot be switched off.

    Why it matters:
        A green run means that everything was read. What says that it was not is always shown, at its own level. So
        the comment, or the name under `ignore`, `per_path` or `levels` in `spbe.yaml`, does nothing, and whoever
        wrote it expects it to.

    Wrong:
        # file: salah.yaml
        policies:
          perda-pajak:  # spbe: ignore[SPBE012] the text is long
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    Right:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: Peraturan Daerah tentang Pajak Restoran
            scope: local

    How to fix:
        Mend what the rule finds. A file that is no part of the model is named under `exclude` in `spbe.yaml`.
    """,
)

SUPPRESSION_WITHOUT_REASON = declare(
    "SPBE144",
    "suppression-without-reason",
    Level.WARNING,
    "the suppression of {rules} does not say why",
    page="""A suppression gives no reason, and the repository asks for one (`require_reasons`).

    Why it matters:
        In a year nobody knows whether it may be removed.

    Wrong:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        check: {require_reasons: yes, as_of: 2026-11-01}
        # file: salah.yaml
        policies:
          perda-pajak:  # spbe: ignore[SPBE110]
            scope: national

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        check: {require_reasons: yes, as_of: 2026-11-01}
        # file: salah.yaml
        policies:
          perda-pajak:  # spbe: ignore[SPBE110] the title is not settled yet
            scope: national

    How to fix:
        Write the reason behind the bracket: who decided it and what has to happen before it can go.
    """,
)

OWN_RULE_INCOMPLETE = declare(
    "SPBE160",
    "own-rule-incomplete",
    Level.ERROR,
    "own rule {rule} does not say {lack}",
    always=True,  # it is not run
    page="""A rule under `rules` lacks what it cannot be run without.

    Why it matters:
        The rule is not run, and the agency believes that it is.

    Wrong:
        # file: salah.yaml
        rules:
          proses-tanpa-sasaran:
            for: processes
            message: "proses {name} tidak mendukung sasaran"

    Right:
        # file: salah.yaml
        rules:
          proses-tanpa-sasaran:
            for: processes
            require: {objectives: any}
            message: "proses {name} tidak mendukung sasaran"

    How to fix:
        A rule says which elements it is `for`, what it must `require` or `forbid`, and its `message`.
    """,
)

OWN_RULE_KEY = declare(
    "SPBE161",
    "own-rule-key",
    Level.ERROR,
    "{key} is not a word of own rules here",
    always=True,
    page="""A rule under `rules` has a key that own rules do not have at this place.

    Why it matters:
        The rule is not run; a key that is misspelt would otherwise change its meaning in silence.

    Wrong:
        # file: salah.yaml
        rules:
          proses-tanpa-sasaran:
            for: processes
            requires: {objectives: any}
            require: {objectives: any}
            message: "proses {name} tidak mendukung sasaran"

    Right:
        # file: salah.yaml
        rules:
          proses-tanpa-sasaran:
            for: processes
            require: {objectives: any}
            message: "proses {name} tidak mendukung sasaran"

    How to fix:
        Take the spelling proposed. The grammar of own rules lists all words in both languages.
    """,
)

OWN_RULE_PATH = declare(
    "SPBE162",
    "own-rule-path",
    Level.ERROR,
    "own rule {rule}: {element} has neither a field nor another end called {field}",
    always=True,
    page="""A rule under `rules` asks for a field, or follows a link, that elements of this type do not have.

    Why it matters:
        It could never match, so it is not run. The national framework allows certain relations only.

    Wrong:
        # file: salah.yaml
        rules:
          aplikasi-tanpa-proses:
            for: applications
            require: {processes: any}
            message: "aplikasi {name} tidak mendukung proses"

    Right:
        # file: salah.yaml
        rules:
          aplikasi-tanpa-proses:
            for: applications
            require: {supports.processes: any}
            message: "aplikasi {name} tidak mendukung proses"

    How to fix:
        Name a field of the type or the other end of a link to it; a path has dots between its names.
    """,
)

OWN_RULE_VALUE = declare(
    "SPBE163",
    "own-rule-value",
    Level.ERROR,
    "own rule {rule}: {problem}",
    always=True,
    page="""A value in a rule under `rules` cannot stand where it stands.

    Why it matters:
        The rule is not run: no element could ever have this value, or the comparison says nothing of this field.

    Wrong:
        # file: salah.yaml
        rules:
          layanan-tatap-muka:
            for: services
            forbid: {method: elektronk, supported_by: none}
            message: "layanan {name} tidak didukung aplikasi"

    Right:
        # file: salah.yaml
        rules:
          layanan-tatap-muka:
            for: services
            forbid: {method: electronic, supported_by: none}
            message: "layanan {name} tidak didukung aplikasi"

    How to fix:
        Write a value that the field takes, as at an element, and a comparison that fits what stands in the field.
    """,
)

OWN_RULE_PATTERN = declare(
    "SPBE164",
    "own-rule-pattern",
    Level.ERROR,
    "{pattern} is not a pattern of RE2: {reason}",
    always=True,
    page="""The pattern behind `like` in a rule under `rules` cannot be read.

    Why it matters:
        The rule is not run. Patterns are those of RE2, which takes no longer than the text is long; look-arounds and
        references to groups do not exist in it.

    Wrong:
        # file: salah.yaml
        rules:
          nama-berkode:
            for: applications
            forbid: {name: {like: "^[0-9]+(?=-)"}}
            message: "nama {name} mulai dengan nomor"

    Right:
        # file: salah.yaml
        rules:
          nama-berkode:
            for: applications
            forbid: {name: {like: "^[0-9]+-"}}
            message: "nama {name} mulai dengan nomor"

    How to fix:
        Write a pattern of RE2. Often `starts`, `ends` or `contains` says the same without one.
    """,
)

NO_PATTERN_ENGINE = declare(
    "SPBE165",
    "no-pattern-engine",
    Level.ERROR,
    "own rules with patterns cannot be run: the package google-re2 is not installed",
    always=True,
    page="""A rule under `rules` has a pattern, and the engine for patterns is not installed.

    Why it matters:
        The rules with patterns are not run. Another engine is not tried: with one, a pattern in a repository could
        keep the machine busy for years.

    How to fix:
        Run `python -m pip install "spbe-arch[patterns]"`, or write `starts`, `ends` or `contains` instead of `like`.
    """,
)

OWN_RULE_MESSAGE = declare(
    "SPBE166",
    "own-rule-message",
    Level.ERROR,
    "own rule {rule}: {name} in its message is no field",
    always=True,
    page="""What stands in braces in the message of a rule under `rules` is not the name of a field.

    Why it matters:
        The rule is not run, since its message could not be formed. Only fields, and paths to them, may stand in
        braces: nothing else is ever looked up.

    Wrong:
        # file: salah.yaml
        rules:
          proses-tanpa-sasaran:
            for: processes
            require: {objectives: any}
            message: "proses {nme} tidak mendukung sasaran"

    Right:
        # file: salah.yaml
        rules:
          proses-tanpa-sasaran:
            for: processes
            require: {objectives: any}
            message: "proses {name} milik {owner.name} tidak mendukung sasaran"

    How to fix:
        Write a field, as in `{name}`, a path, as in `{owner.name}`, or `{element}` for the type and the id. Braces
        that are meant literally are doubled: `{{`, `}}`.
    """,
)

OWN_RULE_ID = declare(
    "SPBE167",
    "own-rule-id",
    Level.ERROR,
    "own rule {rule} cannot be called so: {reason}",
    always=True,
    page="""The id of a rule under `rules` is taken, or is not formed as ids of rules are.

    Why it matters:
        Settings, suppressions and justifications name rules; the name must mean one rule. This one is not run.

    Wrong:
        # file: salah.yaml
        rules:
          unused-data:
            for: data
            require: {stored_on: any}
            message: "data {name} tidak disimpan di mana pun"

    Right:
        # file: salah.yaml
        rules:
          data-tanpa-penyimpanan:
            for: data
            require: {stored_on: any}
            message: "data {name} tidak disimpan di mana pun"

    How to fix:
        Choose an id of small letters and digits with hyphens between the words, at most 60 characters, that no other
        rule of the agency or of this program has.
    """,
)

OWN_RULE_TARGET = declare(
    "SPBE168",
    "own-rule-target",
    Level.ERROR,
    "own rule {rule} names unknown {expected} {target}",
    page="""A rule under `rules` compares with an element that does not exist.

    Why it matters:
        Nothing can be equal to it, so the rule says of every element the same.

    Wrong:
        # file: salah.yaml
        rules:
          proses-bapenda:
            for: processes
            where: {owner: bapnda}
            require: {objectives: any}
            message: "proses {name} tidak mendukung sasaran"

    Right:
        # file: salah.yaml
        rules:
          proses-bapenda:
            for: processes
            where: {owner: bapenda}
            require: {objectives: any}
            message: "proses {name} tidak mendukung sasaran"

    How to fix:
        Write the id of an element that exists; one of another agency is written `agency/id`.
    """,
)

RULE_PACKAGE_MISSING = declare(
    "SPBE169",
    "rule-package-missing",
    Level.ERROR,
    "the rules of package {package} cannot be run: {reason}",
    always=True,
    page="""The manifest asks for the rules of a package that is not installed or cannot be loaded.

    Why it matters:
        Its rules are not run, and the agency believes that they are.

    Wrong:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        check: {packages: [aturan-yang-tidak-ada]}

    Right:
        # file: spbe.yaml
        version: 1
        agency: kab-contoh
        name: Pemerintah Kabupaten Contoh
        check: {packages: []}

    How to fix:
        Install the package into the Python that runs `spbe`; a package that merely lies in the repository is never
        loaded. Its name is that of its entry point in the group `spbe_arch.rules`.
    """,
)
