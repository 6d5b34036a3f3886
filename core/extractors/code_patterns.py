"""What the line of a definition looks like in each language; the last group of a pattern that took part holds the name.

A file may be made to be slow: every pattern begins at a line, every repetition that another can follow is bounded or
stops at a character that the other needs.
"""

from __future__ import annotations

import re

_MODIFIERS = (
    r"(?:(?:abstract|async|case|const|data|declare|default|export|extern|external|fileprivate|final|get|implicit|indirect|"
    r"inline|internal|local|mutating|open|override|partial|private|protected|pub|public|readonly|sealed|set|static|suspend|"
    r"unsafe|virtual)[ \t]+)*"
)
_TYPE = (
    rf"{_MODIFIERS}(?:enum[ \t]+)?(?:actor|class|enum|extension|interface|mixin|namespace|object|protocol|record|"
    r"struct|trait|union)[ \t]+([A-Za-z_]\w*)"
)
_NO_KEYWORD = r"(?!(?:case|catch|do|else|for|function|if|lock|new|return|sizeof|switch|throw|using|when|while|with)\b)"
# `static Map<String, int> name(…) … {`, where the brace may stand on the next line.
_METHOD = (
    rf"{_NO_KEYWORD}[A-Za-z_][\w<>\[\],.?*&: \t]{{0,150}}[ \t*&]{_NO_KEYWORD}([A-Za-z_~][\w:~]*)[ \t]*"
    r"\([^;{}()]{0,500}\)[^;{}()=]{0,200}\{"
)
_CONSTRUCTOR = rf"{_MODIFIERS}{_NO_KEYWORD}([A-Za-z_$#][\w$]*)[ \t]*\([^;{{}}()\n]{{0,300}}\)[^;{{}}()=\n]{{0,100}}\{{"


def _definitions(*alternatives: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*(?:{'|'.join(alternatives)})", re.MULTILINE | flags)


_JAVASCRIPT = _definitions(
    _TYPE,
    rf"{_MODIFIERS}function\b[ \t]*\*?[ \t]*([\w$]+)",
    rf"{_MODIFIERS}type[ \t]+(\w+)[^=;\n]*=",
    r"(?:export[ \t]+)?(?:const|let|var)[ \t]+([\w$]+)[^=\n]*=[ \t]*(?:async[ \t]*)?"
    r"(?:function\b|[\w$]+[ \t]*=>|\([^\n]*=>)",
    _CONSTRUCTOR,
)
_BRACES = _definitions(_TYPE, _METHOD, _CONSTRUCTOR)
_FUNCTIONS = _definitions(_TYPE, rf"{_MODIFIERS}(?:def|fun|func)[ \t]+(?:<[^>\n]*>[ \t]*)?(?:[A-Z]\w*\.)?(\w+)")
_C = _definitions(_TYPE + r"[^;={}()\n]*\{?$", _METHOD, r"typedef[ \t]+(?:enum|struct|union)[ \t]+(\w+)")
_LISP = _definitions(r"\((?:ns|def[\w-]*)[ \t]+\(?([^\s()]+)")
_ML = _definitions(r"(?:let|and)[ \t]+(?:rec[ \t]+)?(\w+)", r"(?:type|module)[ \t]+(\w+)")

DEFINITIONS: dict[str, re.Pattern[str]] = {
    "python": _definitions(r"(?:async[ \t]+)?def[ \t]+(\w+)", r"class[ \t]+(\w+)"),
    "javascript": _JAVASCRIPT,
    "typescript": _JAVASCRIPT,
    "vue": _JAVASCRIPT,
    "java": _BRACES,
    "csharp": _BRACES,
    "dart": _BRACES,
    "groovy": _definitions(_TYPE, r"def[ \t]+(\w+)[ \t]*\(", _METHOD),
    "kotlin": _FUNCTIONS,
    "scala": _FUNCTIONS,
    "swift": _FUNCTIONS,
    "c": _C,
    "cpp": _C,
    "go": _definitions(r"func[ \t]+(?:\([^)\n]*\)[ \t]*)?(\w+)", r"type[ \t]+(\w+)"),
    "rust": _definitions(
        r"(?:pub(?:\([^)\n]*\))?[ \t]+)?(?:(?:async|const|default|unsafe|extern[ \t]+\"C\")[ \t]+)*"
        r"(?:fn|struct|enum|trait|mod|union|type)[ \t]+(\w+)",
        r"macro_rules![ \t]+(\w+)",
        r"(?:unsafe[ \t]+)?(impl\b[^{;\n]*)",
    ),
    "zig": _definitions(
        r"(?:pub[ \t]+)?(?:export[ \t]+)?fn[ \t]+(\w+)",
        r"(?:pub[ \t]+)?const[ \t]+(\w+)[ \t]*=[ \t]*(?:struct|enum|union)",
    ),
    "ruby": _definitions(r"(?:class|module|def)[ \t]+([\w.:?!=]+)"),
    "php": _definitions(_TYPE, rf"{_MODIFIERS}function[ \t]+&?(\w+)"),
    "perl": _definitions(r"(?:sub|package)[ \t]+([\w:]+)"),
    "lua": _definitions(r"(?:local[ \t]+)?function[ \t]+([\w.:]+)", r"(?:local[ \t]+)?([\w.]+)[ \t]*=[ \t]*function\b"),
    "r": _definitions(r"([\w.]+)[ \t]*(?:<-|=)[ \t]*function\b"),
    "julia": _definitions(r"(?:function|macro|module|(?:mutable[ \t]+)?struct)[ \t]+([\w.!]+)"),
    "matlab": _definitions(r"function[ \t]+(?:[^=\n(]*=[ \t]*)?([\w.]+)", r"classdef[ \t]+(\w+)"),
    "fortran": _definitions(
        r"(?:[\w()]+[ \t]+){0,3}?(?:subroutine|function|program|module)[ \t]+(\w+)", flags=re.IGNORECASE
    ),
    "haskell": _definitions(r"(?:data|newtype|type|class|module)[ \t]+([\w.]+)", r"([a-z][\w']*)[ \t]*::"),
    "ocaml": _ML,
    "fsharp": _ML,
    "elixir": _definitions(r"def(?:module|macro|protocol|p)?[ \t]+([\w.?!]+)"),
    "erlang": re.compile(r"^([a-z]\w*)\([^\n]*->", re.MULTILINE),
    "clojure": _LISP,
    "lisp": _LISP,
    "sql": _definitions(
        r"create[ \t]+(?:or[ \t]+replace[ \t]+)?(?:[a-z]+[ \t]+){0,2}?"
        r"(?:table|view|function|procedure|trigger|index|type|schema|sequence)[ \t]+"
        r"(?:if[ \t]+not[ \t]+exists[ \t]+)?([\w.\"`\[\]]+)",
        flags=re.IGNORECASE,
    ),
    "vb": _definitions(
        rf"{_MODIFIERS}(?:sub|function|class|module|structure|property)[ \t]+(\w+)", flags=re.IGNORECASE
    ),
    "shell": _definitions(r"(?:function[ \t]+)?([\w-]+)[ \t]*\([ \t]*\)", r"function[ \t]+([\w-]+)"),
    "powershell": _definitions(r"(?:function|filter|class|enum)[ \t]+([\w:-]+)", flags=re.IGNORECASE),
    "makefile": re.compile(r"^([\w./%-]+)[ \t]*:(?!=)", re.MULTILINE),
    "cmake": _definitions(r"(?:function|macro)[ \t]*\([ \t]*(\w+)", flags=re.IGNORECASE),
    "terraform": _definitions(r"((?:resource|data|module|variable|output|provider)[ \t]+\"[^\n{]*)"),
    "protobuf": _definitions(r"(?:message|service|enum|rpc)[ \t]+(\w+)"),
    "graphql": _definitions(
        r"(?:extend[ \t]+)?(?:type|interface|input|enum|union|scalar|query|mutation|fragment)[ \t]+(\w+)"
    ),
}
