import type { Visit } from './visit';

/** From the start of the report of a pothole to the question where it is. */
export async function toThePlace(visit: Visit, origin: string): Promise<void> {
  await visit.go(`${origin}/services/report-a-problem`);
  await visit.press('Start now');
  await visit.page.getByLabel('A pothole').check();
  await visit.press('Continue');
  await visit.page.locator('input[name=isDangerous][value=no]').check();
  await visit.press('Continue');
  expect(await visit.heading()).toBe('Where is it?');
}

/** From the question what it is like to the one who wants to hear of it: nothing more to say, and no photos. */
export async function toTheUpdates(visit: Visit): Promise<void> {
  await visit.page.locator('input[name=potholeSize][value=large]').check();
  await visit.page.locator('input[name=potholeSurface][value=road]').check();
  for (const next of ['description', 'photos', 'updates']) {
    await visit.press('Continue');
    expect(visit.path).toBe(`/services/report-a-problem/${next}`);
  }
}
