# The simulated telephone network. A real carrier takes its place: see docs/telephony.md.
FROM debian:bookworm-slim
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends sip-tester espeak-ng sox \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /carrier
COPY infra/carrier/prompt.txt infra/carrier/make-prompt.sh infra/carrier/outcomes.xml infra/carrier/echo.xml ./
RUN sh make-prompt.sh prompt.txt prompt.ulaw
USER nobody
ENTRYPOINT ["sipp", "-nostdin", "-aa"]
