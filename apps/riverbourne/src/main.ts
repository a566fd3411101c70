import { runCouncil } from '@guildhall/kernel';
import type { CouncilDefinition } from '@guildhall/kernel-contract';
import { riverbourne } from './council.config';

/** Riverbourne with simulators of the systems that councils have around them, which are loaded only then. */
const SIMULATED: Readonly<Record<string, () => Promise<CouncilDefinition>>> = {
  '--with-simulators': async () => (await import('./simulated.config.js')).riverbourneSimulated,
  '--with-simulators=open-standards': async () => (await import('./open-standards.config.js')).riverbourneOnOpenStandards,
};

async function main(argv: readonly string[]): Promise<void> {
  const asked = argv.find((argument) => argument in SIMULATED);
  await runCouncil((await SIMULATED[asked ?? '']?.()) ?? riverbourne, argv.filter((argument) => argument !== asked));
}
void main(process.argv.slice(2));
