FROM debian:bookworm-slim
# netbase: /etc/protocols, by which it finds TCP to set TCP_NODELAY.
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
     kamailio kamailio-websocket-modules kamailio-autheph-modules netbase \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir -p /run/kamailio && chown kamailio:kamailio /run/kamailio
COPY infra/kamailio/kamailio.cfg infra/kamailio/start.sh /etc/kamailio/
USER kamailio
ENTRYPOINT ["/etc/kamailio/start.sh"]
# -m: shared memory in MB, enough for calls beside as many connections as are allowed (packages/stack/src/kamailio.ts).
CMD ["kamailio", "-DD", "-E", "-f", "/etc/kamailio/kamailio.cfg", "-Y", "/run/kamailio", "-w", "/run/kamailio", "-m", "256", "-M", "8"]
