// `node build/raise-towns.mjs`, after a build: writes registers/ from the plans of the invented towns. A line for each street and each address, so that a change shows what it moved.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { raiseTown } = require('../dist/raising/raise-town.js');
const { riverbournePlan } = require('../dist/towns/riverbourne.js');
const { glanafonPlan } = require('../dist/towns/glanafon.js');

const folder = path.join(import.meta.dirname, '../registers');
mkdirSync(folder, { recursive: true });
for (const plan of [riverbournePlan, glanafonPlan]) {
  const parts = Object.entries(raiseTown(plan)).map(([part, value]) => `${JSON.stringify(part)}:${Array.isArray(value) ? `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]` : JSON.stringify(value)}`);
  writeFileSync(path.join(folder, `${plan.id}.json`), `{\n${parts.join(',\n')}\n}\n`);
}
