#!/bin/sh
# In a container: what Kamailio is told, from what .env says. start.sh COMMAND …
set -eu
# kamailio.cfg takes what is set for meant, also when it is empty.
for name in CALLER_ID CARRIER_NETWORK; do
  if eval "[ -z \"\${$name:-}\" ]"; then unset "$name"; fi
done
if [ -z "${CARRIER_ADDRESS:-}" ]; then
  # The simulated carrier, on the same network.
  export CARRIER_ADDRESS="$SIMULATOR_ADDRESS"
else
  # A real one answers, and sends its BYE, to the address that it can reach.
  case ${PUBLIC_IP:-} in
    '' | 127.*)
      echo 'CARRIER_ADDRESS is set: set PUBLIC_IP to the address that the carrier reaches this host by.' >&2
      exit 1
      ;;
  esac
  export SIP_ADVERTISE="$PUBLIC_IP:5060"
fi
exec "$@"
