# One image for everything: a worker (what it does unless told otherwise), `migrate`, `run`, `doctor`, …
#
#   docker build -t watchai .
#   docker run --rm -e DATABASE_URL=postgres://… -v films:/films watchai worker --lanes cpu
#
# Node, ffmpeg and every native part come with the packages, so that the image runs what the tests ran.
FROM node:24-trixie-slim AS packages
WORKDIR /opt/watchai
COPY package.json package-lock.json .npmrc pql ./
RUN ./pql setup && npm prune --omit=dev --loglevel=error

FROM debian:trixie-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates libstdc++6 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /var/lib/watchai --shell /usr/sbin/nologin watchai \
  && install -d -o watchai -g watchai /var/lib/watchai /artifacts /films \
  && ln -s /opt/watchai/pql /usr/local/bin/pql
COPY --from=packages /opt/watchai/node_modules /opt/watchai/node_modules
COPY . /opt/watchai
USER watchai
# The home, of each container its own, and the folder that TO writes below, which all who work on one database share.
ENV PQL_HOME=/var/lib/watchai PQL_EXPORT_ROOT=/films NODE_COMPILE_CACHE=/tmp/watchai
WORKDIR /films
VOLUME ["/var/lib/watchai", "/films"]
ENTRYPOINT ["pql"]
CMD ["worker"]
# Node, the packages, the home and the database, all in one question.
HEALTHCHECK --interval=1m --timeout=30s --start-period=1m CMD ["pql", "--no-work", "-c", "SHOW WORKERS"]
