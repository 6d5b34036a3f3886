"""The table of file types: one place where a type's name, media type, family and extensions are known.

Filters (`type:pdf`, `type:code`), the preview before adding, detection and the extractors all read it.
"""

from __future__ import annotations

from dataclasses import dataclass

FAMILIES = ("document", "slides", "table", "web", "book", "text", "data", "mail", "code")


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file that Carrel reads.

    Attributes:
        name: Short name, as in `type:pdf`.
        media_type: The registered media type, or the one in common use.
        family: One of `FAMILIES`.
        extensions: Endings of file names in lower case without the dot; the usual one first.
        file_names: Whole file names in lower case that mean this type without an ending.
    """

    name: str
    media_type: str
    family: str
    extensions: tuple[str, ...]
    file_names: tuple[str, ...] = ()


def _kind(name: str, media_type: str, family: str, extensions: str, file_names: str = "") -> Kind:
    return Kind(name, media_type, family, tuple(extensions.split()), tuple(file_names.split()))


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

_ALL = (
    _kind("pdf", "application/pdf", "document", "pdf"),
    _kind("docx", f"{_OFFICE}.wordprocessingml.document", "document", "docx docm dotx dotm"),
    _kind("odt", f"{_OPEN}.text", "document", "odt ott"),
    _kind("rtf", "application/rtf", "document", "rtf"),
    _kind("pptx", f"{_OFFICE}.presentationml.presentation", "slides", "pptx pptm ppsx ppsm potx potm"),
    _kind("odp", f"{_OPEN}.presentation", "slides", "odp otp"),
    _kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "table", "xlsx xlsm xltx xltm"),
    _kind("xls", "application/vnd.ms-excel", "table", "xls xlt"),
    _kind("xlsb", "application/vnd.ms-excel.sheet.binary.macroenabled.12", "table", "xlsb"),
    _kind("ods", f"{_OPEN}.spreadsheet", "table", "ods ots"),
    _kind("csv", "text/csv", "table", "csv"),
    _kind("tsv", "text/tab-separated-values", "table", "tsv tab"),
    _kind("html", "text/html", "web", "html htm xhtml xht"),
    _kind("epub", "application/epub+zip", "book", "epub"),
    _kind("md", "text/markdown", "text", "md markdown mdown mkd mdx qmd rmd"),
    _kind(
        "txt",
        "text/plain",
        "text",
        "txt text log rst org tex adoc asciidoc textile bib srt vtt",
        "readme license licence copying notice authors contributors changelog changes news todo install version"
        " codeowners .gitignore .gitattributes .dockerignore",
    ),
    _kind("json", "application/json", "data", "json jsonl ndjson geojson jsonc json5 webmanifest"),
    _kind("xml", "application/xml", "data", "xml xsd xsl xslt rss atom kml gpx opml rdf wsdl plist"),
    _kind("yaml", "application/yaml", "data", "yaml yml", ".clang-format"),
    _kind("toml", "application/toml", "data", "toml", "pipfile"),
    _kind("ini", "text/plain", "data", "ini cfg conf config properties desktop", ".editorconfig .gitconfig"),
    _kind("eml", "message/rfc822", "mail", "eml mht mhtml"),
    _kind("msg", "application/vnd.ms-outlook", "mail", "msg oft"),
    _kind("mbox", "application/mbox", "mail", "mbox mbx"),
    _kind("ipynb", "application/x-ipynb+json", "code", "ipynb"),
    _kind("python", "text/x-python", "code", "py pyi pyw", "sconstruct"),
    _kind("javascript", "text/javascript", "code", "js mjs cjs jsx"),
    _kind("typescript", "text/x-typescript", "code", "ts tsx mts cts"),
    _kind("vue", "text/x-vue", "code", "vue svelte"),
    _kind("java", "text/x-java", "code", "java"),
    _kind("kotlin", "text/x-kotlin", "code", "kt kts"),
    _kind("scala", "text/x-scala", "code", "scala sc sbt"),
    _kind("groovy", "text/x-groovy", "code", "groovy gradle", "jenkinsfile"),
    _kind("c", "text/x-c", "code", "c h"),
    _kind("cpp", "text/x-c++", "code", "cpp cc cxx hpp hh hxx inl ino cu cuh"),
    _kind("csharp", "text/x-csharp", "code", "cs csx"),
    _kind("fsharp", "text/x-fsharp", "code", "fs fsi fsx"),
    _kind("vb", "text/x-vb", "code", "vb bas"),
    _kind("go", "text/x-go", "code", "go", "go.mod"),
    _kind("rust", "text/x-rust", "code", "rs"),
    _kind("zig", "text/x-zig", "code", "zig"),
    _kind("swift", "text/x-swift", "code", "swift"),
    _kind("dart", "text/x-dart", "code", "dart"),
    _kind("ruby", "text/x-ruby", "code", "rb rake gemspec", "rakefile gemfile vagrantfile"),
    _kind("php", "text/x-php", "code", "php phtml"),
    _kind("perl", "text/x-perl", "code", "pl pm"),
    _kind("lua", "text/x-lua", "code", "lua"),
    _kind("r", "text/x-r", "code", "r", ".rprofile"),
    _kind("julia", "text/x-julia", "code", "jl"),
    _kind("matlab", "text/x-matlab", "code", "m"),
    _kind("fortran", "text/x-fortran", "code", "f f90 f95 f03 for"),
    _kind("haskell", "text/x-haskell", "code", "hs lhs"),
    _kind("ocaml", "text/x-ocaml", "code", "ml mli"),
    _kind("erlang", "text/x-erlang", "code", "erl hrl"),
    _kind("elixir", "text/x-elixir", "code", "ex exs"),
    _kind("clojure", "text/x-clojure", "code", "clj cljs cljc edn"),
    _kind("lisp", "text/x-lisp", "code", "lisp el scm rkt"),
    _kind("sql", "text/x-sql", "code", "sql"),
    _kind("graphql", "text/x-graphql", "code", "graphql gql"),
    _kind("protobuf", "text/x-protobuf", "code", "proto"),
    _kind("terraform", "text/x-terraform", "code", "tf tfvars hcl"),
    _kind(
        "shell",
        "text/x-shellscript",
        "code",
        "sh bash zsh fish ksh",
        ".bashrc .bash_profile .bash_aliases .zshrc .profile pkgbuild",
    ),
    _kind("powershell", "text/x-powershell", "code", "ps1 psm1 psd1"),
    _kind("batch", "text/x-batch", "code", "bat cmd"),
    _kind("makefile", "text/x-makefile", "code", "mk mak", "makefile gnumakefile"),
    _kind("cmake", "text/x-cmake", "code", "cmake", "cmakelists.txt"),
    _kind("dockerfile", "text/x-dockerfile", "code", "dockerfile containerfile", "dockerfile containerfile"),
    _kind("css", "text/css", "code", "css scss sass less"),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
"""Every kind by its name."""

_BY_EXTENSION = {extension: kind.name for kind in _ALL for extension in kind.extensions}
_BY_FILE_NAME = {file_name: kind.name for kind in _ALL for file_name in kind.file_names}


def kind_of_name(name: str) -> str | None:
    """Return the kind that a file name promises, or None where it promises none that Carrel reads.

    A well-known whole name (`Makefile`, `README`) comes before the ending; case does not matter.
    """
    name = name.lower()
    if name in _BY_FILE_NAME:
        return _BY_FILE_NAME[name]
    stem, _, extension = name.rpartition(".")
    return _BY_EXTENSION.get(extension) if stem else None


def kinds_named(word: str) -> frozenset[str]:
    """Return the kinds that `type:WORD` means: a kind's name, a family or an ending; empty for an unknown word."""
    word = word.lower().lstrip(".")
    if word in KINDS:
        return frozenset((word,))
    if word in FAMILIES:
        return frozenset(kind.name for kind in _ALL if kind.family == word)
    return frozenset((_BY_EXTENSION[word],)) if word in _BY_EXTENSION else frozenset()
