#!/bin/bash
# Whether rtpengine answers a ping of the ng protocol, as Kamailio sends it: a cookie, and a bencoded dictionary.
exec 3<>"/dev/udp/${NG_LISTEN%:*}/${NG_LISTEN##*:}"
printf 'healthy d7:command4:pinge' >&3
[[ $(timeout 1 head -c 24 <&3) == 'healthy d6:result4:ponge' ]]
