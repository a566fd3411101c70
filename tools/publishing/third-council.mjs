import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../workspace/build.mjs';
import { npmrc } from './registry.mjs';

/**
 * A council's app as its own developers would write it, in a folder of their own, from published packages only.
 *
 * @param {string} folder where it is written
 * @param {string} registry the registry's address
 */
export function writeThirdCouncil(folder, registry) {
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  const { version } = read('libs/kernel/module/package.json');
  const ours = [...new Set([...[PAYS_BY_SESSION, CONFIGURATION, MAIN].join('\n').matchAll(/from '(@guildhall\/[^']+)'/g)].map(([, name]) => name))];
  const others = Object.entries(read('apps/riverbourne/package.json').dependencies).filter(([name]) => !name.startsWith('@guildhall/'));
  const write = (file, text) => writeFileSync(path.join(folder, file), text);
  write('.npmrc', npmrc(registry));
  write('package.json', `${JSON.stringify({
    name: 'brackenfield', version: '1.0.0', private: true, type: 'commonjs',
    dependencies: Object.fromEntries([...ours.map((name) => [name, `^${version}`]), ...others]),
    devDependencies: { '@guildhall/embedded-database': `^${version}`, '@types/node': read('package.json').devDependencies['@types/node'] },
  }, null, 2)}\n`);
  write('tsconfig.json', `${JSON.stringify({ compilerOptions: { target: 'ES2023', module: 'nodenext', strict: true, types: ['node'], rootDir: 'src', outDir: 'dist', skipLibCheck: true }, include: ['src'] }, null, 2)}\n`);
  write('src/main.ts', MAIN);
  write('src/council.config.ts', CONFIGURATION);
}

/** The line that says by whom residents pay, and what may stand in its place. */
export const PAYS_BY_REDIRECT = `import { sandboxRedirect as cardPayments } from '@guildhall/payments-provider-sandbox-redirect';`;
export const PAYS_BY_SESSION = `import { sandboxSession as cardPayments } from '@guildhall/payments-provider-sandbox-session';`;

/** Swaps that one line. */
export function swapPaymentProvider(folder) {
  const file = path.join(folder, 'src/council.config.ts');
  const before = readFileSync(file, 'utf8');
  if (!before.includes(PAYS_BY_REDIRECT)) throw new Error(`${file} does not pay by redirect.`);
  writeFileSync(file, before.replace(PAYS_BY_REDIRECT, PAYS_BY_SESSION));
}

const MAIN = `import { runCouncil } from '@guildhall/kernel';
import { brackenfield } from './council.config';

void runCouncil(brackenfield, process.argv.slice(2));
`;

const CONFIGURATION = `import { addresses } from '@guildhall/addresses';
import { localGazetteer, riverbourne as invented } from '@guildhall/addresses-provider-local-gazetteer';
import { cases } from '@guildhall/cases';
import { gardenWaste } from '@guildhall/garden-waste';
import { identity } from '@guildhall/identity';
import { demoOfficers } from '@guildhall/identity-provider-dev-oidc';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { defineCouncil, type Theme } from '@guildhall/kernel-contract';
import { notifications } from '@guildhall/notifications';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { payments } from '@guildhall/payments';
${PAYS_BY_REDIRECT}
import { portal } from '@guildhall/portal';
import { services } from '@guildhall/services';
import { pounds } from '@guildhall/services-contract';

const emblem = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M5 1 9 9H1z" fill="#fff"/></svg>';
const theme: Theme = { id: 'brackenfield', brand: '#5b2c6f', brandDark: '#3f1d4e', ground: '#f5f1f7', link: '#5b2c6f', fontStack: 'Georgia, serif', emblemSvg: emblem, faviconSvg: emblem };

export const brackenfield = defineCouncil('brackenfield', ({ env }) => ({
  council: {
    id: '019db6a2-6c00-7c33-8a11-5f2e9d0c7b44', gssCode: 'E07000997', name: 'Brackenfield District Council', languages: ['en', 'cy'], nation: 'england',
    origin: env.origin(), referencePrefix: 'BF', contact: { telephone: '01632 960300', email: 'help@brackenfield.example', address: 'Council Offices, Brackenfield ZZ99 3AA' },
  },
  theme,
  modules: [
    identity({ residents: [oneTimeCode()], officers: [demoOfficers()] }),
    payments({ providers: [cardPayments()] }),
    notifications({ providers: [outbox()] }),
    addresses({ providers: [localGazetteer({ dataset: invented })] }),
    cases(), services(), portal(),
    gardenWaste({ yearlyFee: pounds(61) }),
  ],
}));
`;
