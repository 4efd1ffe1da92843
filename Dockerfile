# syntax=docker/dockerfile:1
# The service in one image: `docker build -t talkturo-numbers .`
# It runs as nobody, on a read-only file system; without DATABASE_URL its database is in the volume /data.

ARG NODE_IMAGE=node:24.21.0-alpine3.22
ARG BASE_IMAGE=alpine:3.22

FROM ${NODE_IMAGE} AS server
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY packages/server packages/server
COPY packages/carrier-sim packages/carrier-sim
# Without scripts: the one that brings Node.js is not needed where Node.js is the image's.
RUN npm install --no-save --ignore-scripts --no-audit --no-fund \
      --workspace packages/server --workspace packages/carrier-sim \
 && node packages/server/build.mjs

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
COPY --from=server /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY LICENSE README.md CHANGELOG.md ./
COPY docs docs
COPY packages/carrier-sim/README.md packages/carrier-sim/
COPY packages/server/package.json packages/server/
COPY packages/server/migrations packages/server/migrations
COPY packages/server/src/http/documentation/style.css packages/server/src/http/documentation/
# The one library that is not in the bundle, for the embedded database.
COPY --from=server /app/node_modules/@electric-sql/pglite node_modules/@electric-sql/pglite
COPY --from=server /app/packages/server/dist packages/server/dist
COPY --from=dashboard /app/packages/dashboard/dist packages/dashboard/dist
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
USER 65534:65534
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--expose-gc", "--enable-source-maps", "packages/server/dist/main.js"]
