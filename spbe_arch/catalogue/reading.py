"""Family 0: what keeps a text from being read (encoding, YAML, limits). None of these can be switched off."""

from spbe_arch.catalogue import declare
from spbe_arch.findings import Level

YAML_FAULT = declare(
    "SPBE001",
    "yaml-fault",
    Level.ERROR,
    "{problem}",
    fixes="both",
    page="""The text is not YAML.

    Why it matters:
        Nothing after the fault can be read. The elements before it stay, and links to what may stand after it are
        counted as undecided instead of being reported one by one.

    Wrong:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: "Peraturan Daerah tentang Pajak
            scope: national

    Right:
        # file: salah.yaml
        policies:
          perda-pajak:
            name: "Peraturan Daerah tentang Pajak"
            scope: national

    How to fix:
        Look at the place named and one line above it. The usual causes are a quote that is not closed, a tab, a
        missing colon, a missing space after a colon, and text with ": " inside that stands without quotes.
    """,
)

TEXT_NOT_UTF8 = declare(
    "SPBE002",
    "text-not-utf8",
    Level.ERROR,
    "byte {byte} is not UTF-8 (in Windows-1252 it reads {reading}); save the file as UTF-8",
    page="""The file holds bytes that are not UTF-8.

    Why it matters:
        The same bytes mean other letters on another machine, so a name would change with its reader.

    How to fix:
        Open the file in an editor, choose the encoding Windows-1252 if the text looks right then, and save it as
        UTF-8. A file that ends in the middle of a character was cut off while it was copied: copy it again.
    """,
)

TEXT_IN_UTF16 = declare(
    "SPBE003",
    "text-in-utf-16",
    Level.ERROR,
    "the file is in {encoding}; save it as UTF-8",
    page="""The file is in UTF-16 or UTF-32.

    Why it matters:
        Git shows such a file as binary: nobody can read a change to it in a pull request. So none of it is read.

    How to fix:
        Save it as UTF-8. Notepad and PowerShell write UTF-16 when "Unicode" is chosen or a command is redirected
        with ">".
    """,
)

BYTE_ORDER_MARK = declare(
    "SPBE004",
    "byte-order-mark",
    Level.NOTE,
    "a byte order mark stands here, which no editor shows; save the file as UTF-8 without BOM",
    fixes="safe",
    page="""A byte order mark (U+FEFF) stands in the file.

    Why it matters:
        It is read and left out. Other programs take it for a letter, so that the first key has a name that nobody
        can see.

    How to fix:
        Save the file as UTF-8, not as "UTF-8 with BOM".
    """,
)

CONTROL_CHARACTER = declare(
    "SPBE005",
    "control-character",
    Level.ERROR,
    "character {character} cannot stand in a text file; remove it",
    page="""A control character, such as NUL, stands in the file.

    Why it matters:
        YAML forbids it, and what follows might be anything: such files come from damaged disks and broken copies.

    How to fix:
        Remove the character at the place named, or take the file from its last good version.
    """,
)

HIDDEN_LINE_BREAK = declare(
    "SPBE006",
    "hidden-line-break",
    Level.ERROR,
    "character {character} breaks the line for some YAML readers and shows in no editor; write a space",
    fixes="safe",
    page="""One of the line breaks NEL, LS and PS (U+0085, U+2028, U+2029) stands in the file.

    Why it matters:
        YAML 1.1 ends the line there and YAML 1.2 does not, so one reader sees a key that another does not. Such
        characters arrive by copying from PDF and web pages. It is read as a space.

    How to fix:
        Replace it with a space.
    """,
)

FILE_TOO_LARGE = declare(
    "SPBE007",
    "file-too-large",
    Level.ERROR,
    "the file is larger than {limit} MB; split it, for instance by unit",
    page="""The file is larger than one file may be.

    Why it matters:
        A bound on every input is what keeps a run from taking all the memory of the machine. Nothing of the file
        is read.

    How to fix:
        Split the file: one for each unit and layer is a good size.
    """,
)

NESTING_TOO_DEEP = declare(
    "SPBE008",
    "nesting-too-deep",
    Level.ERROR,
    "brackets or mappings are nested more than {limit} levels deep; nothing in this format needs that",
    page="""Lists or mappings are nested deeper than any element is.

    Why it matters:
        Deep nesting is damage or an attack; reading stops there.

    How to fix:
        Look for brackets that are opened and never closed.
    """,
)

TOO_MANY_NODES = declare(
    "SPBE009",
    "too-many-nodes",
    Level.ERROR,
    "the file has more than {limit} values; split it",
    page="""The file holds more keys and values than one file may.

    Why it matters:
        It bounds the memory of a run. Reading stops there.

    How to fix:
        Split the file: one for each unit and layer is a good size.
    """,
)

ALIAS_EXPANSION = declare(
    "SPBE010",
    "alias-expansion",
    Level.ERROR,
    "the aliases of this file expand to more than {limit} values; write the values out or split them",
    page="""Aliases (`*name`) multiply the content of the file beyond a bound.

    Why it matters:
        A few lines of nested aliases can stand for billions of values. Reading stops there.

    How to fix:
        Use `defaults` for what repeats in a file, and aliases for small things only.
    """,
)

ALIAS_IN_ITSELF = declare(
    "SPBE011",
    "alias-in-itself",
    Level.ERROR,
    "alias {alias} stands inside the value that it names",
    page="""An alias stands inside the very value that its anchor names.

    Why it matters:
        The value would contain itself without end.

    Wrong:
        # file: salah.yaml
        themes:
          tema-pajak: &pajak
            name: Pajak
            related: [*pajak]

    Right:
        # file: salah.yaml
        themes:
          tema-pajak:
            name: Pajak
            related: [tema-pendapatan]

    How to fix:
        Name the element by its id; links are ids, not copies.
    """,
)

VALUE_TOO_LONG = declare(
    "SPBE012",
    "value-too-long",
    Level.ERROR,
    "the value is longer than {limit} characters; keep long texts in a document and name that under 'source'",
    page="""A single text is longer than a value may be.

    Why it matters:
        No picture, sheet or page can show it. The field counts as unknown.

    How to fix:
        Keep the text in a document and name that document in `documents` and `source`.
    """,
)

DUPLICATE_KEY = declare(
    "SPBE013",
    "duplicate-key",
    Level.ERROR,
    "key {key} stands twice in this mapping; the first is kept",
    fixes="safe",
    page="""The same key stands twice in one mapping, or once in each language.

    Why it matters:
        YAML readers keep the last one in silence, so a line that everybody sees has no effect. `name` and `nama` are
        the same key.

    Wrong:
        # file: salah.yaml
        policies:
          perbup-contoh:
            name: Peraturan Bupati Contoh
            nama: Peraturan Bupati tentang SPBE
            scope: local

    Right:
        # file: salah.yaml
        policies:
          perbup-contoh:
            name: Peraturan Bupati Contoh
            scope: local

    How to fix:
        Remove one of the two.
    """,
)

SEVERAL_DOCUMENTS = declare(
    "SPBE014",
    "several-documents",
    Level.ERROR,
    "a second document begins here; put it into a file of its own",
    fixes="unsafe",
    page="""The file holds more than one YAML document.

    Why it matters:
        What stands after the second `---` is not read.

    Wrong:
        # file: salah.yaml
        policies: {}
        ---
        policies: {}

    Right:
        # file: salah.yaml
        policies: {}

    How to fix:
        Remove the line `---`, or move what follows into another file.
    """,
)

KEY_NOT_TEXT = declare(
    "SPBE015",
    "key-not-text",
    Level.ERROR,
    "a key must be text, and this is {found}",
    page="""A key is a list, a mapping or blank.

    Why it matters:
        Sections, ids and fields are names; the pair is left out.

    Wrong:
        # file: salah.yaml
        policies:
          [perbup, contoh]:
            name: Peraturan Bupati Contoh

    Right:
        # file: salah.yaml
        policies:
          perbup-contoh:
            name: Peraturan Bupati Contoh

    How to fix:
        Write a name before the colon.
    """,
)

YAML_TAG = declare(
    "SPBE016",
    "yaml-tag",
    Level.ERROR,
    "tag {tag} has no meaning here; remove it (the field decides the type)",
    fixes="both",
    page="""A YAML tag such as `!!str` or `!!python/object` stands before a value.

    Why it matters:
        Tags tell a YAML reader to make objects; this one never does. The value is read as if the tag were not there.

    Wrong:
        # file: salah.yaml
        policies:
          perbup-contoh:
            name: !!str Peraturan Bupati Contoh
            scope: local

    Right:
        # file: salah.yaml
        policies:
          perbup-contoh:
            name: Peraturan Bupati Contoh
            scope: local

    How to fix:
        Remove the tag.
    """,
)

ROOT_NOT_MAPPING = declare(
    "SPBE017",
    "root-not-mapping",
    Level.ERROR,
    "the file holds {found}; it should hold sections, as in 'services:'",
    page="""The file is a list or a single text instead of a mapping of sections.

    Why it matters:
        Nothing tells what the items are, so none of them is read.

    Wrong:
        # file: salah.yaml
        - Peraturan Bupati Contoh

    Right:
        # file: salah.yaml
        policies:
          perbup-contoh:
            name: Peraturan Bupati Contoh
            scope: local

    How to fix:
        Begin with the name of a section, then the id of an element, then its fields.
    """,
)

UNREADABLE_FILE = declare(
    "SPBE018",
    "unreadable-file",
    Level.ERROR,
    "the file cannot be read: {reason}",
    page="""A file of the model cannot be opened or is no regular file.

    Why it matters:
        A green run means that everything was read.

    How to fix:
        Give your account the right to read it, or leave it out by name under `exclude` in `spbe.yaml`.
    """,
)

NO_KNOWN_SECTION = declare(
    "SPBE019",
    "no-known-section",
    Level.NOTE,
    "the file has no section of this format; if it is not part of the model, name it under 'exclude' in spbe.yaml",
    page="""A YAML file in the repository holds nothing that this format knows.

    Why it matters:
        It is one note instead of a fault for each key, since the file may belong to another program.

    Wrong:
        # file: salah.yaml
        image: postgres

    Right:
        # file: salah.yaml
        policies: {}

    How to fix:
        Name it under `exclude` in `spbe.yaml`, or rename its sections.
    """,
)

FILE_CUT_OFF = declare(
    "SPBE020",
    "file-cut-off",
    Level.ERROR,
    "the file ends in the middle of a line, and something that others link to is missing; it was probably cut off",
    page="""A file ends in the middle of a line, and something that others link to is missing.

    Why it matters:
        A copy that stopped half way leaves a file that is still YAML. Reporting every link to what it held would
        hide the one cause, so those links are counted as undecided.

    How to fix:
        Take the file from its last good version. If it is whole, end its last line with a line break; then the
        links are reported one by one.
    """,
)

UNFINISHED_LAST_LINE = declare(
    "SPBE021",
    "unfinished-last-line",
    Level.WARNING,
    "the last line has no line break, so nobody can tell whether the file is whole; end it with one",
    fixes="unsafe",
    page="""The last line of the file has no line break at its end.

    Why it matters:
        A file that was cut off while it was copied looks just like it. What the rules would find only if the file is
        whole is counted as undecided until the line is ended.

    How to fix:
        Look whether the end of the file is there, and add a line break; most editors can do it whenever they save.
    """,
)

MERGE_KEY_NOT_MAPPING = declare(
    "SPBE022",
    "merge-key-not-mapping",
    Level.ERROR,
    "the merge key '<<' takes an alias of a mapping, or a list of them, and this is {found}",
    page="""The merge key `<<` stands before something that is no mapping.

    Why it matters:
        There is nothing to merge; the key is left out.

    Wrong:
        # file: salah.yaml
        policies:
          perbup-contoh:
            <<: Peraturan
            name: Peraturan Bupati Contoh

    Right:
        # file: salah.yaml
        policies:
          perbup-contoh:
            name: Peraturan Bupati Contoh

    How to fix:
        Write `<<: *name` with an anchor `&name` on a mapping above it.
    """,
)

BINARY_FILE = declare(
    "SPBE023",
    "binary-file",
    Level.ERROR,
    "the file is {kind}, not text; rename it, or name it under 'exclude' in spbe.yaml",
    page="""The file is no text: a picture, a workbook, an archive, a PDF.

    Why it matters:
        Its name ends like that of a part of the model. Nothing can be read from it, and nobody can tell whether it took
        the place of a file that should be there.

    How to fix:
        Give it the ending of its kind, such as `.png` or `.xlsx`. If the name has to stay, list it under `exclude` in
        spbe.yaml. If it has overwritten a file of the model, take that file from its last good version.
    """,
)
