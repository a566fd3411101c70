/**
 * The recipe for an image of a packaged app.
 *
 * @param {{ name: string, version: string }} manifest
 */
export function dockerfile({ name, version }) {
  return `# ${name} ${version}. Build it in this folder, which was packaged on Linux: docker build --tag ${name.replace(/^@[^/]+\//, '')} .
# It needs DATABASE_URL (PostgreSQL 15 to 18) and PUBLIC_ORIGIN; run "migrate" once per version before "serve" and "work":
#   docker run --rm --env DATABASE_URL --env DATABASE_MIGRATE_URL <image> node main.js migrate
FROM node:24-slim
ENV NODE_ENV=production GUILDHALL_DATA=/data PORT=4000
WORKDIR /app
COPY . .
# Keys and uploaded files. Its own user may write there, and nowhere else.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:4000/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "main.js", "serve"]
`;
}
