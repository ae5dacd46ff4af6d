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

# The same for 2020 alone, and from the year 2100 on.
EXPIRED = """\
-----BEGIN CERTIFICATE-----
MIIBczCCARqgAwIBAgIBAjAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAls
b2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQBDvchUAl9qf1YC725
IKQJonbO7WGYVWyKxh5p/U9v9qpI128fjpbnYsm57tB7pSUaWto+VjU2zZJ4jql9
eynOo10wWzApBgNVHREEIjAggglsb2NhbGhvc3SCDWhvb2tzLmV4YW1wbGWHBH8A
AAEwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUHNa77a8gCQyLaG9T2ItfMVjE
j/owCgYIKoZIzj0EAwIDRwAwRAIgDUTudjm2EIXaszRxNnQBuWUSGrMn+pjjZDSs
SX1ZoeYCIHiCS9x5V8EPCwcwVpgBkskhot2/90Pa/xEau/9QcUJ1
-----END CERTIFICATE-----
"""

NOT_YET = """\
-----BEGIN CERTIFICATE-----
MIIBeTCCAR6gAwIBAgIBAzAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIhgPMjEwMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFDESMBAGA1UE
AwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAQ73IVAJfan9
WAu9uSCkCaJ2zu1hmFVsisYeaf1Pb/aqSNdvH46W52LJue7Qe6UlGlraPlY1Ns2S
eI6pfXspzqNdMFswKQYDVR0RBCIwIIIJbG9jYWxob3N0gg1ob29rcy5leGFtcGxl
hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFBzWu+2vIAkMi2hvU9iL
XzFYxI/6MAoGCCqGSM49BAMCA0kAMEYCIQDlmkpQIRUH91c+pNAvVosVc1noqylV
4Jzb7vCOMTk/VQIhAPtFPsoLbgpQvCczWgTmLu1JX4CJ3xB/kg9K6+qz3rRM
-----END CERTIFICATE-----
"""

KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBn4XZzGxfOeT5J23
kO7q9/jve4eyi0A9kSyVezgguqKhRANCAAQBDvchUAl9qf1YC725IKQJonbO7WGY
VWyKxh5p/U9v9qpI128fjpbnYsm57tB7pSUaWto+VjU2zZJ4jql9eynO
-----END PRIVATE KEY-----
"""


def server_context(folder: Path, certificate: str = CERTIFICATE) -> ssl.SSLContext:
    """TLS for a server; the files are written into the folder."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (folder / "key.pem").write_text(KEY)
    context.load_cert_chain(trusted(folder, certificate), folder / "key.pem")
    return context


def trusted(folder: Path, certificate: str = CERTIFICATE) -> Path:
    """The certificate as a file; SSL_CERT_FILE may name it."""
    path = folder / "certificate.pem"
    path.write_text(certificate)
    return path
