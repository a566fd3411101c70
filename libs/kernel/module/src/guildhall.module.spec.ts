import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definePort, defineProvider } from '@guildhall/kernel-contract';
import { defineModule } from './assembling/define-module';
import { GuildhallModule } from './guildhall.module';
import { testCouncilDefinition } from './testing';

const sandbox = defineProvider<object>({ port: definePort<object>('ringing.bell', '1.0.0'), id: 'ringing.sandbox-bell', isSandbox: true, create: () => ({}) });
class RingingModule {}
const ringingIn = (packageFolder: string) => defineModule<{ providers: readonly (typeof sandbox)[] }>({ id: 'ringing', version: '0.1.0', packageFolder, nest: RingingModule });
const councilIn = (packageFolder: string, acceptedSandboxes: readonly string[] = []) => testCouncilDefinition('riverbourne', 1, [ringingIn(packageFolder)({ providers: [sandbox] })], { acceptedSandboxes });
const options = { databaseUrl: 'postgres://nobody@localhost/none', settings: { PUBLIC_ORIGIN: 'https://riverbourne.example' } };

describe('a council in a Nest application that a team already has', () => {
  it('is refused in production while it has a sandbox that it has not accepted by name', () => {
    for (const production of [{ ...options, isDevelopment: false }, { ...options, settings: { ...options.settings, NODE_ENV: 'production' } }]) {
      expect(() => GuildhallModule.forRoot(councilIn(__dirname), production)).toThrow('riverbourne: ringing.sandbox-bell is a sandbox. Configure a real provider, or accept it by name');
      expect(() => GuildhallModule.forRoot(councilIn(__dirname, ['ringing.sandbox-bell']), production)).not.toThrow();
    }
    expect(() => GuildhallModule.forRoot(councilIn(__dirname), options)).not.toThrow();
  });

  it('is refused when a manifest says something else than the code', () => {
    const folder = mkdtempSync(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'manifest-'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ guildhall: { kind: 'module', id: 'ringing', events: ['ringing.rung'] } }));
    try {
      expect(() => GuildhallModule.forRoot(councilIn(folder), options)).toThrow('ringing: package.json names events that it does not have: ringing.rung.');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
