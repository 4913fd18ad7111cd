#!/usr/bin/env bash
# Makes secrets/data-protection.pfx, the certificate that encrypts the keys of stored secrets. Keep it: without it those secrets are lost.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=secrets/data-protection.pfx
[ ! -e "$target" ] || { echo "$target exists already: nothing done." >&2; exit 1; }
[ -f .env ] || { echo ".env is missing: copy .env.example and fill it first." >&2; exit 1; }
password=$(sed -n 's/^CERTIFICATE_PASSWORD=//p' .env)
[ -n "$password" ] || { echo "CERTIFICATE_PASSWORD is empty in .env: give it a value first." >&2; exit 1; }
mkdir -p secrets && chmod 700 secrets
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/CN=MnfstRag.Admin data protection" \
  -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
CERTIFICATE_PASSWORD=$password openssl pkcs12 -export -inkey "$work/key.pem" -in "$work/certificate.pem" \
  -passout env:CERTIFICATE_PASSWORD -out "$work/certificate.pfx"
# The dashboard's account in its container is another one than yours: the folder keeps strangers out, the password the rest.
install -m 644 "$work/certificate.pfx" "$target"
echo "$target made."
