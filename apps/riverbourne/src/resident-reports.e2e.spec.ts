import { residentReports } from '../test/resident-reports';
import { RunningRiverbourne } from '../test/running-riverbourne';
import { sandbox } from '../test/sandbox';
import { WITH_JAVASCRIPT } from '../test/visit';

const REFERENCE = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/;
let here: RunningRiverbourne;
beforeAll(async () => { here = await RunningRiverbourne.start(sandbox); });
afterAll(() => here?.close());

residentReports(() => here, WITH_JAVASCRIPT);

it('a street light is reported by the keyboard alone', async () => {
  const visit = await here.visit();
  const { page } = visit;
  const focused = (): Promise<string> => page.evaluate(`(() => { const at = document.activeElement; return at ? (at.id || at.name || '') + ' ' + (at.value || '') + ' ' + at.textContent.trim() : ''; })()`);
  const tabTo = async (what: RegExp): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      if (what.test(await focused())) return;
    }
    throw new Error(`The keyboard does not reach ${String(what)} on ${visit.path}`);
  };
  await visit.go(`${here.home}/services/report-a-problem`);
  await tabTo(/Start now/);
  await visit.enter();
  await tabTo(/^problem/);
  await page.keyboard.press('ArrowDown');
  expect(await page.getByLabel('A street light').isChecked()).toBe(true);
  await visit.enter();
  await tabTo(/^isDangerous/);
  await page.keyboard.press('ArrowDown');
  await visit.enter();
  await tabTo(/^place-find/);
  await page.keyboard.type('High Street');
  await visit.enter();
  await tabTo(/^place-choice/);
  await page.keyboard.press('Space');
  await visit.enter();
  await tabTo(/^lightFault/);
  await page.keyboard.press('Space');
  await visit.enter();
  await tabTo(/^lightNumber/);
  await page.keyboard.type('HS 14');
  await visit.enter();
  await tabTo(/^ *Continue/);
  await visit.enter();
  await tabTo(/^ *Continue/);
  await visit.enter();
  await tabTo(/^updates/);
  await page.keyboard.press('ArrowUp');
  expect(await page.locator('input[name=updates][value=no]').isChecked()).toBe(true);
  await visit.enter();
  expect(visit.path).toBe('/services/report-a-problem/check-answers');
  await tabTo(/Send/);
  await visit.enter();
  expect(await visit.words()).toMatch(REFERENCE);
  await visit.close();
});

it('whoever looked for a street, or made a mistake, goes back by the browser to the question with their answer', async () => {
  const visit = await here.visit();
  await visit.go(`${here.home}/services/report-a-problem/problem`);
  await visit.press('Continue');
  expect(await visit.page.title()).toMatch(/^Error: /);
  await visit.page.getByLabel('A pothole').check();
  await visit.press('Continue');
  await visit.back();
  expect([visit.path, await visit.page.getByLabel('A pothole').isChecked()]).toEqual(['/services/report-a-problem/problem', true]);
  await visit.press('Continue');
  await visit.page.locator('input[name=isDangerous][value=no]').check();
  await visit.press('Continue');
  await visit.page.locator('#place-find').fill('Bridge Street');
  await visit.press('Find');
  await visit.page.getByLabel('2 Bridge Street', { exact: false }).first().check();
  await visit.press('Continue');
  await visit.back();
  expect([visit.path, await visit.words()]).toEqual(['/services/report-a-problem/where', expect.stringContaining('Your choice 2 Bridge Street')]);
  await visit.close();
});
