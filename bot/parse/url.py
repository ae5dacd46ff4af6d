"""URLs in one canonical form, so that one page is known by one name."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_LONGEST = 4096  # characters; longer ones are no addresses of articles
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say how a reader came, not what is read. From the public documentation of the services that add
# them: Google, Meta, Microsoft, Mailchimp, HubSpot, Matomo, AT Internet, Webtrends, Adobe, Yandex and Alibaba.
_TRACKING_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid mkt_tok
    _ga _gl _hsenc _hsmi __hssc __hstc hsctatracking vero_id oly_enc_id oly_anon_id wickedid rb_clickid s_cid s_kwcid
    ns_mchannel ns_source ns_campaign ns_linkname ns_fee xtor wt.mc_id wt.mc_ev wtmc icid ncid ocid cmpid cmp ito
    spm scm guccounter guce_referrer guce_referrer_sig sharetype echobox ref_src ref_url
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())
_TRACKING_PREFIXES = ("utm_", "utm-", "pk_", "piwik_", "mtm_", "at_", "hsa_", "stm_")

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_LONE_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
# What most addresses look like: nothing in them needs escaping, resolving or decoding.
_PLAIN = re.compile(
    r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/(?:[A-Za-z0-9_~/-]|(?<!/)\.)*+)(?:\?([A-Za-z0-9_.~=&-]*+))?+"
)
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/:@!$&'()*+,;=~%-._"
_QUERY_SAFE = _PATH_SAFE + "?"


def canonical_url(url: str) -> str:
    """The one form of an http(s) address; "" for anything else.

    Scheme and host in lower case, names beyond ASCII as punycode, no default port, user name, fragment or tracking
    parameter, dot segments resolved, percent escapes in upper case and only where needed. The order of parameters
    stays, and so does a trailing slash: servers are free to tell them apart. Idempotent.
    """
    plain = _PLAIN.fullmatch(url, 0, _LONGEST)
    if plain is not None:
        query = plain[4]
        return url if not query or query == (kept := _untracked(query)) else _joined(plain, kept)
    try:
        parts = urlsplit(_trimmed(url))
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    host = _host(parts.hostname or "")
    if scheme not in _DEFAULT_PORTS or not host:
        return ""
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    path = _without_dots(_escaped(parts.path, _PATH_SAFE)) or "/"
    return urlunsplit((scheme, host, path, _untracked(_escaped(parts.query, _QUERY_SAFE)), ""))


def absolute_url(url: str, base: str) -> str:
    """An http(s) address as it stands in a document at `base`, made absolute; "" for other schemes and nonsense."""
    if _PLAIN.fullmatch(url, 0, _LONGEST):
        return url
    url = _trimmed(url)
    if not url:
        return ""
    try:
        joined = urljoin(base, url)
        parts = urlsplit(joined)
        usable = parts.scheme.lower() in _DEFAULT_PORTS and bool(_host(parts.hostname or "")) and parts.port != 0
    except ValueError:
        return ""
    return joined if usable and len(joined) <= _LONGEST else ""


def link_key(canonical: str) -> str:
    """What two canonical addresses of one page have in common: all but the scheme, `www.` and a trailing slash."""
    return canonical.partition("://")[2].removeprefix("www.").rstrip("/")


def _trimmed(url: str) -> str:
    """Without white space at the ends and line ends anywhere, as browsers read it."""
    return _CONTROLS.sub("", url[:_LONGEST].strip()).strip().replace("\\", "/").replace(" ", "%20")


def _host(name: str) -> str:
    """A host name in lower-case ASCII, "" when it is none."""
    name = name.rstrip(".").lower()
    if ":" in name:
        name = f"[{name.partition('%')[0]}]"
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return name if _HOST.fullmatch(name) else ""


def _joined(plain: re.Match[str], query: str) -> str:
    address = f"{plain[1]}://{plain[2]}{plain[3]}"
    return f"{address}?{query}" if query else address


def _untracked(query: str) -> str:
    return "&".join(p for p in query.split("&") if p and not _is_tracking(p))


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _escaped(text: str, safe: str) -> str:
    """Percent escapes in upper case, and none where none is needed (RFC 3986, section 6.2.2)."""
    text = quote(_LONE_PERCENT.sub("%25", text), safe=safe)
    return _ESCAPE.sub(_unescaped_if_plain, text)


def _unescaped_if_plain(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return letter if letter in _UNRESERVED else match[0].upper()


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4."""
    if "/." not in path:
        return path if not path or path.startswith("/") else f"/{path}"
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept) or "/"
