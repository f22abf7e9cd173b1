FROM debian:bookworm-slim
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends rtpengine-daemon \
  && rm -rf /var/lib/apt/lists/*
COPY infra/rtpengine/rtpengine.conf /etc/rtpengine/rtpengine.conf
USER nobody
ENTRYPOINT ["rtpengine", "--config-file=/etc/rtpengine/rtpengine.conf"]
