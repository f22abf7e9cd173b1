# The API and the page from one build: docker build -f infra/docker/node.Dockerfile --target backend|frontend .
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc turbo.json prisma.config.ts ./
COPY apps/backend/package.json apps/backend/
COPY apps/frontend/package.json apps/frontend/
COPY apps/e2e/package.json apps/e2e/
COPY packages/config/package.json packages/config/
COPY packages/contracts/package.json packages/contracts/
COPY packages/http/package.json packages/http/
COPY packages/sheets/package.json packages/sheets/
COPY packages/stack/package.json packages/stack/
COPY packages/telephony/package.json packages/telephony/
RUN npm ci --no-audit --no-fund
COPY prisma prisma
COPY packages packages
COPY apps apps
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1 NEXT_STANDALONE=1
RUN npx turbo run build --filter=@outdial/backend --filter=@outdial/frontend
# What each needs to run, and nothing else: 60 MB and 50 MB of a build of two gigabytes.
RUN (cd apps/backend && node scripts/trace.mjs /images/backend) \
  && mkdir /images/backend/prisma && cp -a prisma/migrations /images/backend/prisma/
RUN cd apps/frontend && cp -a .next/standalone /images/frontend && rm /images/frontend/apps/frontend/server.js \
  && cp -a .next/static /images/frontend/apps/frontend/.next/ && cp -a dist /images/frontend/apps/frontend/ \
  && mkdir -p /images/frontend/apps/frontend/.next/cache

FROM node:22-bookworm-slim AS backend
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
# ffmpeg makes recordings ready to be heard; the demo's are spoken when it is asked for (OUTDIAL_DEMO=1).
RUN apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ffmpeg espeak-ng sox opus-tools \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir -p /app/uploads && chown node:node /app/uploads
COPY --from=build /images/backend /app
USER node
EXPOSE 4000
CMD ["node", "apps/backend/dist/server.js"]

FROM node:22-bookworm-slim AS frontend
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
COPY --from=build /images/frontend /app
USER node
EXPOSE 3000
CMD ["node", "--import", "./apps/frontend/dist/standalone.js", "apps/frontend/dist/server.js"]
