import { findBrowser } from '../../libs/kernel/module/src/testing/find-browser';
import startRun from './start-run';

/** Before the specs in a browser: as before all others, and a browser is found or installed once, before several look for one at the same time. */
export default async function startBrowserRun(): Promise<void> {
  await startRun();
  process.env['CHROME_PATH'] = await findBrowser();
}
