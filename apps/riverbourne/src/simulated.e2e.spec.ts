import { photoWithPlace } from '@guildhall/documents-contract/testing';
import { adviserAssists } from '../test/adviser-assists';
import { reportAProblem } from '../test/journeys';
import { neighboursPayments } from '../test/neighbours-payments';
import { officerWorks } from '../test/officer-works';
import { Person } from '../test/person';
import { residentBuys } from '../test/resident-buys';
import { residentReports } from '../test/resident-reports';
import { RunningRiverbourne } from '../test/running-riverbourne';
import { governments, openStandards } from '../test/simulated';
import { Visit, WITHOUT_JAVASCRIPT, WITH_JAVASCRIPT } from '../test/visit';

/** What is looked for in each configuration besides the journeys. These are walked in one way in each, here and in the sandbox's own specs: what differs by scripts is the same in all. */
const CONFIGURATIONS = [
  { name: 'One Login, Pay, Notify and OS Places simulated', around: governments, way: WITH_JAVASCRIPT, systems: ['govuk-one-login', 'govuk-pay', 'govuk-notify', 'os-places'], handsOver: [] },
  {
    name: 'OpenID Connect, Keycloak, Stripe, SMTP, S3 and ClamAV simulated', around: openStandards, way: WITHOUT_JAVASCRIPT, systems: ['oidc', 'officer-sso', 'stripe', 'smtp', 's3', 'clamav'],
    handsOver: [['pothole', 'Works system', 'simulator-open311', 'Say it to the council'], ['fly-tipping', 'Depot', 'simulator-webhook', 'Say it to the council'], ['street-light', 'System that takes files', 'simulator-csv-drop', 'Write a file that says so']],
  },
  { name: 'payments over HTTP from a neighbour', around: neighboursPayments, way: WITHOUT_JAVASCRIPT, systems: ['payments-over-http'], handsOver: [] },
] as const;

describe.each(CONFIGURATIONS)('with $name', ({ around, way, systems, handsOver }) => {
  let here: RunningRiverbourne;
  beforeAll(async () => { here = await RunningRiverbourne.start(around); });
  afterAll(() => here?.close());

  residentReports(() => here, way);
  residentBuys(() => here, way);
  officerWorks(() => here, way);
  adviserAssists(() => here, way);

  it('an officer sees what is connected, and that it is as it should be', async () => {
    const desk = await here.desk(around.officers.manager, { hasJavaScript: way[1] });
    await desk.follow(/^Connections/);
    await desk.press('Look again now');
    for (const there of systems) expect(await desk.words()).toContain(there);
    expect(await desk.words()).not.toContain('Not connected');
    await desk.picture('desk-connections');
    // Where others take the payments, the ledger is theirs.
    if (here.books === here.app) {
      await desk.follow('Ledger');
      expect(await desk.words()).toContain('Nothing has been booked on a day that is over.');
    }
    await desk.close();
  });

  if (handsOver.length) it('what is reported shows on the pages of the systems that work on it, and an officer ends the links to its photos beside the case', async () => {
    const reported: string[] = [];
    for (const [problem] of handsOver) reported.push((await reportAProblem(new Person(here.home), problem, { photos: [{ name: 'it.jpg', type: 'image/jpeg', bytes: photoWithPlace }], description: 'By the bridge, on the side of the mill' })).reference);
    await here.work();
    // Files are written when it is their turn.
    await here.app.queueJob('do:back-office.ask-for-progress');
    await here.work();
    // What a case that is handed over shows beside it is only here.
    const visit = await Visit.open(here.browser);
    await visit.go(`${here.home}/desk`);
    await around.officerSignsIn(visit, around.officers.manager);
    for (const [index, [, system, picture, button]] of handsOver.entries()) {
      await visit.go(here.pageOf(system));
      expect(await visit.words()).toContain(reported[index]);
      await visit.press(button);
      await visit.picture(picture);
    }
    await visit.go(`${here.home}/desk/cases/${reported[0] ?? ''}`);
    await visit.press('End links to photos');
    expect(await visit.words()).toContain('Links to photos ended');
    await visit.picture('desk-case-handed-over');
    await visit.close();
  });
});
