# The API and the page from one build: docker build -f infra/docker/node.Dockerfile --target backend|frontend .
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc turbo.json prisma.config.ts ./
COPY apps/backend/package.json apps/backend/
COPY apps/frontend/package.json apps/frontend/
COPY apps/e2e/package.json apps/e2e/
COPY packages/config/package.json packages/config/
COPY packages/contracts/package.json packages/contracts/
COPY packages/sheets/package.json packages/sheets/
COPY packages/stack/package.json packages/stack/
COPY packages/telephony/package.json packages/telephony/
RUN npm ci --no-audit --no-fund
COPY prisma prisma
COPY packages packages
COPY apps apps
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1
RUN npx turbo run build --filter=@outdial/backend --filter=@outdial/frontend \
  && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
COPY --from=build --chown=node:node /app /app

FROM runtime AS backend
# The demo's recordings are spoken when it is asked for (OUTDIAL_DEMO=1).
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends espeak-ng sox opus-tools \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir -p /app/uploads && chown node:node /app/uploads
USER node
EXPOSE 4000
CMD ["node", "apps/backend/dist/server.js"]

FROM runtime AS frontend
USER node
EXPOSE 3000
CMD ["node", "apps/frontend/dist/server.js"]
