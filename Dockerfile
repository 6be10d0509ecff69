FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY src src
COPY sql-dialect sql-dialect
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
VOLUME /data
# Postgres protocol, HTTP, Kinesis
EXPOSE 5439 8439 4567
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --start-period=5s CMD node -e "fetch('http://127.0.0.1:8439/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
ENTRYPOINT ["node", "dist/src/cli/launcher.cjs"]
CMD ["start", "--host", "0.0.0.0", "--data", "/data"]
