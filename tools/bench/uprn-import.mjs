import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { runApp, startApp } from './app-process.mjs';
import { figure } from './table.mjs';

const ROWS = 1_000_000;
/** Until the compiler has seen what is hot, and what a part of the file takes has once been taken. */
const WARMING_ROWS = 100_000;
const COUNCIL = '019db6a2-6c00-7a41-9d05-6b1f3f0c51aa';

/** A file as OS Open UPRN is, with a million invented points, brought into the database by a worker that knew other points before: all of it is inserted, and what was there is taken away. */
export async function uprnImport({ database, folder, root }) {
  const file = path.join(folder, 'uprn.csv');
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'fatal', UPRN_FILE: file };
  const data = ['--data', `${folder}/data`];
  runApp({ root, app: 'riverbourne', args: ['migrate', ...data], env });
  const { owner } = database;
  // What the parts before this one have left to be done would be done first.
  await owner.query('delete from kernel.waiting_job');
  await owner.query(`delete from queue.job where name = 'work'`);
  await owner.query('truncate addresses.uprn_point, addresses.open_uprn_import');
  writeFile(file, 990_900_000_000, WARMING_ROWS);
  const worker = await startApp({ root, main: path.join(root, 'tools/bench/importing-main.cjs'), args: ['work', ...data], env, ready: false });
  try {
    // As it comes round every hour.
    const putIn = async () => {
      await owner.query(`insert into kernel.waiting_job (council_id, job_id, kind, data, run_at) values ($1, gen_random_uuid(), 'do:addresses.import-open-uprn', '{"data": {}, "correlationId": "bench", "language": "en"}', now())`, [COUNCIL]);
      await owner.query('notify guildhall_work');
    };
    const imported = async (points) => {
      for (const began = performance.now(); ;) {
        worker.refuseEnd();
        const [row] = (await owner.query('select state, points::int, skipped::int, begun_at, changed_at from addresses.open_uprn_import where council_id = $1', [COUNCIL])).rows;
        if (row?.state === 'done' && row.points === points) return row;
        if (performance.now() - began > 120_000) throw new Error(`The file was not imported in two minutes: ${JSON.stringify(row)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await putIn();
    await imported(WARMING_ROWS);
    const [rest, peakOfTenth] = [worker.residentMb(), worker.peakMb()];
    writeFile(`${file}.new`, 990_000_000_000, ROWS);
    renameSync(`${file}.new`, file);
    await owner.query('checkpoint');
    await putIn();
    const { begun_at: begun, changed_at: done, skipped } = await imported(ROWS);
    const [{ kept }] = (await owner.query('select count(*)::int as kept from addresses.uprn_point where council_id = $1', [COUNCIL])).rows;
    if (kept !== ROWS || skipped !== 0) throw new Error(`Of ${ROWS} points ${kept} are there, and ${skipped} were left out.`);
    return [
      figure('uprn.rows-per-second', 'a file of 1,000,000 points, imported into the database', ROWS / ((done - begun) / 1000), '/s', { atLeast: 50_000 }),
      figure('uprn.grown-mb', 'the same: memory that it takes at its peak, above the worker at rest', worker.peakMb() - rest, 'MB'),
      figure('uprn.memory-ratio', 'the same: peak memory, as many times that with a file of 100,000', worker.peakMb() / peakOfTenth, '×', { atMost: 1.1 }),
    ];
  } finally {
    await worker.stop();
    await owner.query('truncate addresses.uprn_point, addresses.open_uprn_import');
  }
}

/** Lines as OS writes them, in the order of their UPRNs. */
function writeFile(file, first, count) {
  const opened = openSync(file, 'w');
  writeSync(opened, 'UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE\r\n');
  for (let from = 0; from < count; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, count - from) }, (_, at) => {
      const n = from + at;
      return `${first + n},${358_000 + (n % 9973)}.${n % 100},${172_000 + (n % 7919)}.${(n * 7) % 100},${(53 + (n % 99_991) / 100_003).toFixed(7)},${(1 + (n % 99_989) / 100_019).toFixed(7)}\r\n`;
    });
    writeSync(opened, lines.join(''));
  }
  closeSync(opened);
}
