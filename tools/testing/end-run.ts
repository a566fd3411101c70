import { forgetRun } from './start-run';

/** After the specs: stops the run's databases and removes its folder. */
export default async function endRun(): Promise<void> {
  const run = process.env['GUILDHALL_TEST_RUN'];
  if (run) await forgetRun(run);
}
