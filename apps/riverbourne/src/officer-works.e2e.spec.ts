import { buyGardenWaste, signInByCode } from '../test/journeys';
import { officerWorks, pothole } from '../test/officer-works';
import { Person } from '../test/person';
import { RunningRiverbourne } from '../test/running-riverbourne';
import { sandbox } from '../test/sandbox';
import { SCRIPTS, WITH_JAVASCRIPT } from '../test/visit';

let here: RunningRiverbourne;
beforeAll(async () => { here = await RunningRiverbourne.start(sandbox); });
afterAll(() => here?.close());

officerWorks(() => here, WITH_JAVASCRIPT);

describe.each(SCRIPTS)('a case officer %s', (_how, hasJavaScript) => {
  it('whose sign-in ended while they wrote has their words again, signs in, and is back at the case', async () => {
    const { reference } = await pothole(here, hasJavaScript ? 3 : 4);
    const visit = await here.desk('Daniel Osei', { hasJavaScript, path: `/desk/cases/${reference}` });
    await visit.unfold('Write an internal note');
    const words = 'Rang the contractor: they come on Tuesday,\nwith a second crew.';
    await visit.page.locator('#note').fill(words);
    await visit.page.context().clearCookies({ name: '__Host-session' });
    await visit.press('Keep the note');
    expect(await visit.heading()).toBe('Sign in first');
    expect((await visit.page.getByLabel('What you wrote').inputValue()).replaceAll('\r\n', '\n')).toBe(words);
    await visit.picture('words-kept');
    await visit.press(visit.page.locator('main').getByRole('button', { name: 'Sign in' }));
    await sandbox.officerSignsIn(visit, 'Daniel Osei');
    expect(visit.path).toBe(`/desk/cases/${reference}`);
    await visit.close();
  });

  it('changes how somebody hears from us, from their case and back to it, and they find it in their account', async () => {
    const buyer = new Person(here.home);
    await signInByCode(here, buyer, `rings-${String(hasJavaScript)}@post.example`, { name: 'Non Ferndale' });
    const bought = await buyGardenWaste(buyer);
    await here.work();
    const visit = await here.desk('Daniel Osei', { hasJavaScript, path: `/desk/cases/${bought.reference}` });
    await visit.follow('Change how they hear from us');
    expect(await visit.heading()).toBe('How Non Ferndale hears from us');
    await visit.page.getByLabel('Text message').check();
    await visit.page.getByLabel('No, do not send them news').check();
    await visit.press('Save');
    expect(await visit.page.title()).toMatch(/^Error: /);
    await visit.page.getByLabel('The caller, for themselves').check();
    await visit.press('Save');
    expect(await visit.words()).toContain('Saved. We will contact them as they asked.');
    await visit.picture('desk-choices');
    await visit.follow('Back');
    expect(visit.path).toBe(`/desk/cases/${bought.reference}`);
    expect(await visit.words()).toMatch(/First by Text message News Stopped/);
    await visit.close();

    await buyer.open('/account/messages/choices');
    expect(buyer.page.html).toMatch(/value="sms" checked[\s\S]*value="stop" checked/);
  });
});
