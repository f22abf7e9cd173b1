#!/bin/sh
# Writes which proxies in front of nginx are believed in X-Forwarded-For, from TRUST_PROXY: 0 or nothing for none, 1 for
# whoever connects, or addresses separated by commas. The image runs it before nginx starts.
set -eu
out=${1:-/tmp/trusted-proxies.conf}
# The bundled Caddy, which writes it anew; nobody else on the network gets this address.
trusted=${CADDY_ADDRESS:-}
recursive=on

case ${TRUST_PROXY:-0} in
  0) ;;
  1)
    trusted='0.0.0.0/0 ::/0'
    # What that one proxy says of who came to it, and nothing before that.
    recursive=off
    ;;
  [2-9])
    echo 'TRUST_PROXY: name the addresses of your proxies; nginx does not count further than one.' >&2
    exit 1
    ;;
  *[!0-9a-fA-F.:/,\ ]*)
    echo 'TRUST_PROXY must be 0, 1, or addresses separated by commas.' >&2
    exit 1
    ;;
  *) trusted="$trusted $(echo "$TRUST_PROXY" | tr ',' ' ')" ;;
esac

echo "real_ip_recursive $recursive;" > "$out"
for address in $trusted; do echo "set_real_ip_from $address;" >> "$out"; done
