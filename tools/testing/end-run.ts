import { forgetRun } from './start-run';

/** After the specs: stops the run's databases and removes its folders. */
export default async function endRun(): Promise<void> {
  if (process.env['GUILDHALL_TEST_RUN_PID'] === String(process.pid)) await forgetRun(process.pid);
}
