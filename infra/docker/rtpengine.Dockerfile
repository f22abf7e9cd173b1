FROM debian:bookworm-slim
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends rtpengine-daemon \
  && rm -rf /var/lib/apt/lists/*
COPY infra/rtpengine/rtpengine.conf infra/rtpengine/start.sh infra/rtpengine/healthy.sh /etc/rtpengine/
USER nobody
ENTRYPOINT ["/etc/rtpengine/start.sh"]
