import { runCouncil } from '@guildhall/kernel';
import { riverbourne } from './council.config';

const SIMULATED = '--with-simulators';

/** The council, or the same with simulators of the systems that councils have around them, which are loaded only then. */
async function main(argv: readonly string[]): Promise<void> {
  const council = argv.includes(SIMULATED) ? (await import('./simulated.config.js')).riverbourneSimulated : riverbourne;
  await runCouncil(council, argv.filter((argument) => argument !== SIMULATED));
}
void main(process.argv.slice(2));
