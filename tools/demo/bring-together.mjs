import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PEOPLE, exportRevenues } from './registers.mjs';
import { signsInOnce } from './signs-in.mjs';

const require = createRequire(import.meta.url);
const { COUNTY, RIVERBOURNE, TRUST, agreements } = require('./what-they-agreed.cjs');
const { signAssessment } = require('@guildhall/assurance-contract');
const { partiesOf } = require('@guildhall/sharing-contract');

const PAIRS = [[RIVERBOURNE, COUNTY], [RIVERBOURNE, TRUST]];

/** Lets an assessor look at what runs at each, and each pin the others with their keys, as somebody would who has compared them. At every start: what runs may have changed, and where. */
export async function knowEachOther(bodies, say) {
  say('Pinning the bodies to each other …');
  const published = {};
  for (const slug of [RIVERBOURNE, COUNTY, TRUST]) {
    const body = await bodies.ask(slug, 'body');
    const { running } = JSON.parse(Buffer.from((await bodies.assuranceOf(slug)).running.payload, 'base64'));
    const assessment = assessed(bodies, body, running);
    await writeFile(path.join(bodies.assessments(slug), 'moorland-assessors.json'), JSON.stringify(assessment));
    published[slug] = { body, running, assessments: [assessment] };
  }
  for (const [one, other] of PAIRS.flatMap(([one, other]) => [[one, other], [other, one]])) await bodies.ask(one, 'pin', { peer: published[other], guideline: await bodies.ask(other, 'guideline') });
}

/** Has all sign what they have agreed, and two residents be known at both councils, as officers and residents would. Done once; what was interrupted is done again. */
export async function setUpOnce(bodies, kept, say) {
  if (kept.value.isSetUp) return;
  const published = Object.fromEntries(await Promise.all([RIVERBOURNE, COUNTY, TRUST].map(async (slug) => [slug, await bodies.ask(slug, 'body')])));

  say('Signing their agreements on both sides …');
  const { inForce, draft } = agreements(published);
  for (const agreement of inForce) {
    let envelope;
    for (const party of partiesOf(agreement)) envelope = await bodies.ask(party, 'sign', { agreement, envelope });
    for (const party of partiesOf(agreement)) await bodies.ask(party, 'takeIn', envelope);
  }
  if (!kept.value.draft) kept.value.draft = (await bodies.ask(RIVERBOURNE, 'takeIn', draft)).draft;
  kept.save();

  say('Letting two residents be known …');
  const ids = {};
  for (const person of PEOPLE) {
    const at = {};
    for (const slug of [RIVERBOURNE, COUNTY]) {
      await signsInOnce(bodies.origin(slug), person);
      at[slug] = await bodies.ask(slug, 'person', { email: person.email, personId: randomUUID() });
    }
    ids[person.who] = at[COUNTY];
    await linked(bodies, kept, person, { [RIVERBOURNE]: at[RIVERBOURNE], [COUNTY]: at[COUNTY] });
    await linked(bodies, kept, person, { [RIVERBOURNE]: at[RIVERBOURNE], [TRUST]: person.client });
    if (person.who === 'tom-bell') kept.value.person = at[RIVERBOURNE];
  }
  await exportRevenues(path.join(bodies.folder, 'exports/revenues'), ids);
  kept.value.machine = await bodies.ask(RIVERBOURNE, 'machine', { clientId: 'demo-desk', title: 'The demonstration', permissions: ['sharing.ask-others'], expiresAt: new Date(Date.now() + 360 * 86_400_000).toISOString() });
  kept.value.isSetUp = true;
  kept.save();
}

/** Somebody is known at two bodies, by a name that is made once. */
async function linked(bodies, kept, { who }, at) {
  const [[one, idAtOne], [other, idAtOther]] = Object.entries(at);
  const names = (kept.value.names ??= {});
  const pairwise = (names[`${who} ${other}`] ??= `pw:${randomBytes(24).toString('base64url')}`);
  kept.save();
  await bodies.ask(one, 'link', { peerId: other, localId: idAtOne, pairwise });
  await bodies.ask(other, 'link', { peerId: one, localId: idAtOther, pairwise });
}

/** What an independent assessor has found of a body's systems, and of how it asks. */
function assessed({ assessor }, { endpoint }, running) {
  const year = new Date().getFullYear();
  return signAssessment([{ name: endpoint, digest: { sha256: running } }], {
    standard: 'ncsc-csp', assessedOn: `${year}-01-01`, validUntil: `${year + 1}-12-31`, coversChannels: true, findings: ['1', '2', '9', '10'].map((principle) => ({ principle, result: 'met', how: 'tested' })),
  }, assessor.signer);
}
