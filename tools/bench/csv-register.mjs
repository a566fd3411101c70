import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { figure } from './table.mjs';

const ROWS = 500_000;

/** The nightly file of a back office, taken by a node that then tells from it: read, checked, sealed and put in order. */
export async function csvRegister({ folder, root }) {
  const [tenth, whole] = [ROWS / 10, ROWS].map((rows) => taken({ folder: path.join(folder, `register-${rows}`), root, rows }));
  return [
    figure('csv-register.rows-per-second', `a back office's file of ${ROWS.toLocaleString('en-GB')} people, taken to be told from`, ROWS / whole.seconds, '/s', { atLeast: 20_000 }),
    figure('csv-register.memory-ratio', 'the same: peak memory, as many times that with a tenth of the people', whole.peakMb / tenth.peakMb, '×', { atMost: 1.3 }),
  ];
}

function taken({ folder, root, rows }) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'council-tax.csv');
  writeFile(file, rows);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'tools/bench/csv-register-main.cjs')], { cwd: root, encoding: 'utf8', env: { ...process.env, REGISTER_FILE: file, DATA_FOLDER: path.join(folder, 'data') } });
  if (status !== 0) throw new Error(`The file was not taken:\n${stdout}\n${stderr}`);
  const found = JSON.parse(stdout);
  if (found.rows !== rows || found.people !== rows || found.told !== 'ZZ99 0AA') throw new Error(`Of ${rows} people ${stdout} was taken.`);
  return found;
}

/** Invented people, in an order that is not that of what they are found by. */
function writeFile(file, count) {
  const opened = openSync(file, 'w');
  writeSync(opened, 'account,address,town,postcode,uprn,reduction,balance\r\n');
  for (let from = 0; from < count; from += 10_000) {
    writeSync(opened, Array.from({ length: Math.min(10_000, count - from) }, (_, at) => {
      const n = from + at;
      return `account-${n},"${1 + (n % 200)} Weir Lane, Upper",Aldermoor,ZZ99 ${n % 10}AA,${990_000_000_000 + n},${n % 3 === 0 ? 'Y' : 'N'},${n % 2000}.50\r\n`;
    }).join(''));
  }
  closeSync(opened);
  writeFileSync(`${file}.done`, '');
}
