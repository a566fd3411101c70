// `npm run bench`: what the spine costs, in ratios against the raw limit measured in the same run. `npm run bench -- --json FILE` writes the figures
// under stable keys; `--update` writes docs/performance.md; names of parts run only those, and then `--update` leaves the others' rows as they are.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from '../workspace/build.mjs';
import { openBenchDatabase } from './bench-database.mjs';
import { catalogue } from './catalogue.mjs';
import { createCouncil } from './create-council.mjs';
import { csvRegister } from './csv-register.mjs';
import { manyCouncils } from './many-councils.mjs';
import { notifications } from './notifications.mjs';
import { questionPage } from './question-page.mjs';
import { reconciliation } from './reconciliation.mjs';
import { sixtyModules } from './sixty-modules.mjs';
import { signingIn } from './signing-in.mjs';
import { sharing } from './sharing.mjs';
import { startUp } from './start-up.mjs';
import { storingACase } from './storing-a-case.mjs';
import { takingAPayment } from './taking-a-payment.mjs';
import { uploads } from './uploads.mjs';
import { uprnImport } from './uprn-import.mjs';
import { yourInformation } from './your-information.mjs';
import { webhooks } from './webhooks.mjs';
import { worklist } from './worklist.mjs';
import { table } from './table.mjs';

const parts = {
  'question-page': questionPage, 'storing-a-case': storingACase, worklist, 'signing-in': signingIn, 'taking-a-payment': takingAPayment, webhooks, notifications, reconciliation, 'uprn-import': uprnImport, uploads, sharing, 'csv-register': csvRegister, 'your-information': yourInformation,
  catalogue, 'start-up': startUp, 'sixty-modules': sixtyModules, 'many-councils': manyCouncils, 'create-council': createCouncil,
};
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' }, update: { type: 'boolean' } } });
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length) {
  console.error(`There is no part "${unknown[0]}". Parts: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
if (!build()) process.exit(1);

const folder = path.join(root, '.guildhall', 'bench');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const database = await openBenchDatabase(path.join(folder, 'postgres'));
const figures = [];
try {
  for (const [name, run] of Object.entries(parts)) {
    if (positionals.length && !positionals.includes(name)) continue;
    console.log(`Measuring ${name} …`);
    figures.push(...(await run({ database, folder, root })));
  }
} finally {
  await database.stop();
}
const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.versions.node}, PostgreSQL ${database.version}, durable commits`;
const text = table(figures);
console.log(`\n${machine}\n\n${text}\n`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, measuredAt: new Date().toISOString(), figures: Object.fromEntries(figures.map(({ key, value, unit, bound }) => [key, { value, unit, bound }])) }, null, 2)}\n`);
const kept = path.join(root, 'docs/performance.md');
if (values.update) writeFileSync(kept, page(machine, positionals.length ? table(figures, readFileSync(kept, 'utf8')) : text));
const missed = figures.filter(({ meets }) => meets === false);
if (missed.length) console.log(`${missed.length} of ${figures.length} figures are outside their bound.`);
process.exit(0);

/** The page of the documents that holds the figures. */
function page(on, figuresAsTable) {
  return `# Performance

Made by \`npm run bench -- --update\`; \`--json FILE\` writes the same figures under the keys of the last column, and names of parts run only those and leave the rows of the others:
${Object.keys(parts).map((name) => `\`${name}\``).join(', ')}.

${on}

Read the ratios first. Everything that is compared was measured in turns within one run, and the middle of several rounds counts; seconds and milliseconds are this machine's, and it
was one of those that share a processor with others. What a millisecond is worth there is said by the bare server: Fastify and node-postgres, the same SQL, the answer ready-made.

${figuresAsTable}

- **CPU** is the server process's own, user and system, its compiler and collector included; the database's is not in it.
- **Storing a case** is one transaction: case, first entry of its timeline, words for the search, event, work for those who subscribe to it, and audit entry; committed durably.
  pgbench and the bare server of the bounds write the same rows as one would by hand: the council, a key that makes a repetition harmless, one INSERT for each table, the commit, each in a
  round trip of its own. What the API has above that in checks and pages it makes up by fewer round trips. The rows after those compare it with both when they, too, are given its few statements.
- **Messages** wait as the API leaves them, and the simulator of GOV.UK Notify is in another process. An event tells of each that has left, and whoever subscribes hears of it as soon as the messages before are gone.
- **Signing in** is everything from the sign-in page to the account's address, in a browser that was never here: a page, a form, the page for the code and the code; or a page, the way to One Login
  and the way back, with the code exchanged for tokens and these verified. The simulator of GOV.UK One Login is in another process.
- **A payment** is taken by a request of another system with its credential: in the first transaction what is to be paid and that it begins, then the call to the simulator of GOV.UK Pay over HTTP, in the second what that answered.
  Both are stored before anybody is sent to pay: whatever is lost on the way, nobody pays what is not known. Begun by a request of its own, what was asked for before takes the same two.
- **A webhook** is answered when its event and the question to the provider that it leads to are stored, in one transaction; the question is the worker's.
- **Points** are those of a file like OS Open UPRN, none of which is in the database before.
- **Files on their way** are sent to the documents' API by fifty programs at once, all but the last bytes of each, then these too. They are kept in a folder, and nothing scans them.
- **One body asks another** from one of its systems to the answer: decided and signed on both sides and durable in both logs before anything leaves. The same servers also pass on the same question as two apps do that trust their
  connection: a credential, the person looked up, the value read, and nothing decided, signed or written down. What is added is the difference.
- **A start** is that of the packaged app, whose code is in one file; run from the workspace it first finds some two thousand.
  With sixty modules it is that of Riverbourne and as many as are missing, each made by the generator with its contract, table, page and API, from the workspace.
- **A council is created** from a registry on this machine to which every package was published, by a program that asks nothing; the page is its home page.
- **A journey** is five forms of a visitor who has none yet, each stored before it is answered; the last opens a case.
`;
}
