#!/bin/sh
# In a container on the host's network: rtpengine's addresses, from what .env says.
set -eu
: "${PUBLIC_IP:=127.0.0.1}"
# The host's own address, where others reach it by another one (address translation, as in most clouds).
: "${HOST_IP:=$PUBLIC_IP}"
# The address after `!` is the one that the other side is told.
if [ -z "${CARRIER_ADDRESS:-}" ]; then
  carrier=$SWITCH_GATEWAY
else
  carrier="$HOST_IP!$PUBLIC_IP"
fi
exec rtpengine --config-file="${RTPENGINE_CONFIG:-/etc/rtpengine/rtpengine.conf}" \
  --interface="browser/$HOST_IP!$PUBLIC_IP" --interface="carrier/$carrier" \
  --listen-ng="$NG_LISTEN" --port-min="$MEDIA_PORT_MIN" --port-max="$MEDIA_PORT_MAX"
