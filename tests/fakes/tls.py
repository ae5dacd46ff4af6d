"""A certificate for localhost, 127.0.0.1 and hooks.example that servers of tests show and nobody else trusts."""

from __future__ import annotations

import ssl
from pathlib import Path

CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBdTCCARygAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAEO9yFQCX2p/VgL
vbkgpAmids7tYZhVbIrGHmn9T2/2qkjXbx+Oludiybnu0HulJRpa2j5WNTbNkniO
qX17Kc6jXTBbMCkGA1UdEQQiMCCCCWxvY2FsaG9zdIINaG9va3MuZXhhbXBsZYcE
fwAAATAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBQc1rvtryAJDItob1PYi18x
WMSP+jAKBggqhkjOPQQDAgNHADBEAiByuSj2vfqEcC2yUY9Q595eaBqv/JjRVhmw
/MGh3VU2vwIgAs6slV3+0XRRv14+AqFw4gpAVmVdlt1GGxpPYchHTxQ=
-----END CERTIFICATE-----
"""

KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBn4XZzGxfOeT5J23
kO7q9/jve4eyi0A9kSyVezgguqKhRANCAAQBDvchUAl9qf1YC725IKQJonbO7WGY
VWyKxh5p/U9v9qpI128fjpbnYsm57tB7pSUaWto+VjU2zZJ4jql9eynO
-----END PRIVATE KEY-----
"""


def server_context(folder: Path) -> ssl.SSLContext:
    """TLS for a server; the files are written into the folder."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (folder / "key.pem").write_text(KEY)
    context.load_cert_chain(trusted(folder), folder / "key.pem")
    return context


def trusted(folder: Path) -> Path:
    """The certificate as a file; SSL_CERT_FILE may name it."""
    path = folder / "certificate.pem"
    path.write_text(CERTIFICATE)
    return path
