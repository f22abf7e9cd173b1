FROM caddy:2.10-alpine
# The image's Caddy has a capability of its own, for ports below 1024, and does not start without it. Ours are above.
RUN setcap -r /usr/bin/caddy && chown -R nobody:nobody /data /config
COPY infra/caddy/Caddyfile /etc/caddy/Caddyfile
USER nobody
