# syntax=docker/dockerfile:1
# The service in one image: `docker build -t talkturo-numbers .`
# It runs as nobody, on a read-only file system; without DATABASE_URL its database is in the volume /data.

ARG NODE_IMAGE=node:24.21.0-alpine3.22
ARG BASE_IMAGE=alpine:3.22

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/server/package.json packages/server/
COPY packages/carrier-sim/package.json packages/carrier-sim/
# Without scripts: the one that brings Node.js is not needed where Node.js is the image's. What only compilers read goes.
RUN npm install --no-save --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
      --workspace packages/server --workspace packages/carrier-sim \
 && rm -rf node_modules/node node_modules/node-bin-* \
 && find . -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete

FROM ${NODE_IMAGE} AS dashboard
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY packages/client packages/client
COPY packages/dashboard packages/dashboard
RUN npm install --no-save --ignore-scripts --no-audit --no-fund --workspace packages/dashboard \
 && node node_modules/vite/bin/vite.js build packages/dashboard

FROM ${BASE_IMAGE}
# Node.js without npm: nothing is installed in a running container.
RUN apk add --no-cache libstdc++ \
 && mkdir /data && chown 65534:65534 /data
COPY --from=dependencies /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=dependencies /app ./
COPY LICENSE README.md CHANGELOG.md ./
COPY docs docs
COPY packages/carrier-sim/README.md packages/carrier-sim/
COPY packages/server/migrations packages/server/migrations
COPY packages/server/src packages/server/src
COPY packages/carrier-sim/src packages/carrier-sim/src
COPY --from=dashboard /app/packages/dashboard/dist packages/dashboard/dist
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
USER 65534:65534
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "packages/server/src/main.ts"]
