# The worker as a container, using the host's container engine through its socket:
#   docker compose up --build
# Whoever may use that socket is as good as root on the host. The worker keeps to what
# docs/ARCHITECTURE.md says, but give the socket to no other container.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates git openssh-client \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json LICENSE ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production DGRID_DATA_DIR=/data DOCKER_HOST=unix:///var/run/docker.sock
VOLUME /data
# Not root: the socket is opened through its group, which is the host's and differs from host to
# host. Give it when starting (docker run --group-add "$(stat -c %g /var/run/docker.sock)"; the
# compose file takes it as DOCKER_GID).
USER node
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "dist/headless/cli.js"]
CMD ["worker"]
