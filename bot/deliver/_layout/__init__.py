"""Fill templates: HTML for mail with its styles inlined, text twins, and the preview page.

Templates stand beside this file. Names ending in .html.j2 are escaped by themselves; text templates are not, and
nothing in them is markup. Imports of jinja2 and css_inline wait until the first message is laid out.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLE = re.compile(r'(<[a-z][^<>]*? style=")([^"<>]*)(")')
_BLANK = re.compile(r"\n\s*\n")
FOLDER = Path(__file__).parent


def mail_html(template: str, **values: object) -> str:
    """An HTML mail: styles inlined for programs that drop style sheets, the sheet kept for dark mode and phones."""
    import css_inline  # noqa: PLC0415  # a compiled library of 4 MB; console users never need it

    html = _environment().get_template(template).render(values)
    inliner = css_inline.CSSInliner(keep_style_tags=True, minify_css=True, load_remote_stylesheets=False)
    inlined: str = inliner.inline(html)
    return _STYLE.sub(_compact, _BLANK.sub("\n", inlined))


def page(template: str, **values: object) -> str:
    """An HTML page as the template says it."""
    return _environment().get_template(template).render(values)


def text(template: str, **values: object) -> str:
    """A text twin: no trailing spaces but those of a signature mark, at most one blank line in a row."""
    lines: list[str] = []
    for line in _environment().get_template(template).render(values).splitlines():
        stripped = line if line == "-- " else line.rstrip()
        if stripped or (lines and lines[-1]):
            lines.append(stripped)
    return "\n".join(lines).strip("\n") + "\n"


def _compact(tag: re.Match[str]) -> str:
    return f"{tag[1]}{tag[2].replace(': ', ':').rstrip(';')}{tag[3]}"


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape  # noqa: PLC0415  # as above

    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(enabled_extensions=("html.j2", "html"), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
