'use strict';
// The raw limit of the same stack: Fastify and node-postgres, named statements, nothing else. Sends the statements of a captured request, then the captured answer.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');

const kernel = createRequire(`${process.cwd()}/libs/kernel/module/package.json`);
const fastify = kernel('fastify')({ logger: false });
const { Pool } = kernel('pg');

async function main() {
  const { given } = await import(`${process.cwd()}/tools/bench/statements.mjs`);
  const routes = JSON.parse(readFileSync(process.env.BARE_ROUTES, 'utf8'));
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, options: '-c role=guildhall_app', max: 8 });
  for (const [at, { method, path, statements, answer, type }] of routes.entries()) {
    fastify.route({
      method, url: path,
      handler: async (_request, reply) => {
        const client = await pool.connect();
        const made = new Map();
        try {
          for (const [index, { text, values, varies }] of statements.entries()) {
            const sent = values.map((value, position) => given(value, varies[position], made));
            await client.query(sent.length ? { name: `s${at}-${index}`, text, values: sent } : text);
          }
        } finally {
          client.release();
        }
        return reply.type(type).send(answer);
      },
    });
  }
  fastify.get('/health/ready', () => ({ status: 'up' }));
  await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
}
process.on('SIGTERM', () => process.exit(0));
void main();
