import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { InMemoryNotifications } from '@guildhall/notifications-contract/testing';
import type { PersonId } from '@guildhall/kernel-contract';
import { accountPage } from '../../test/account-page';
import { hearsMessages } from '../../test/heard-messages';
import { knowsPeople } from '../../test/known-people';
import { KIM, kimChooses, linkKim, readable } from '../../test/residents';
import { RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { EndsAgreement } from '../ending/ends-agreement';
import { destroyKey } from '../rights/destroys-key';
import { Database } from '@guildhall/kernel';
import { FindsToRemind } from './finds-to-remind';
import { Reminds } from './reminds';
import { yearlyReminder } from './yearly-reminder';

const DAY_IN_SECONDS = 24 * 60 * 60;
const KIMS = KIM.riverbourne as PersonId;

describe('the yearly reminder of what somebody lets be shared', () => {
  let two: TwoBodies;
  let messages: InMemoryNotifications;
  beforeEach(async () => {
    const clock = new FixedClock(new Date('2026-11-22T13:00:00Z'));
    const identity = new InMemoryIdentity(clock, new SeededIds());
    messages = new InMemoryNotifications({ templates: [yearlyReminder], now: () => clock.now() });
    two = await startTwoBodies({ until: '2030-03-31' }, { clock, alsoInstalled: [knowsPeople(identity), hearsMessages(messages), accountPage()] });
    identity.addPerson(two.receiver, { personId: KIMS, name: 'Kim Canary', email: 'kim.canary@post.example', phone: '07700 900123', preferredLanguage: 'cy' });
    await linkKim(two);
  });
  afterEach(() => two?.close());

  const find = (): Promise<void> => two.app.get(FindsToRemind).run(two.receiver);
  /** The day's job, and what comes of it. */
  async function day(): Promise<readonly string[]> {
    await find();
    await two.app.drainJobs();
    await messages.work();
    return messages.arrived.map(({ words }) => words.replace(/\s+/g, ' '));
  }
  const noted = async (): Promise<readonly { readonly local_id: string; readonly reminder_id: string }[]> => (await two.app.owner.query<{ local_id: string; reminder_id: string }>('select local_id, reminder_id from sharing.reminder order by local_id')).rows;
  const page = async (language = 'en'): Promise<string> => readable((await (await two.app.residentVisitor(KIM.riverbourne, RECEIVER)).get(`/account/information?lang=${language}`)).text);

  it('comes a year after a yes and a year after the last one, in the person’s language, with the way to stop; and is said on “Your information”', async () => {
    await kimChooses(two, 'given');
    expect(await page()).toContain('Once a year we remind you of what you have allowed.');
    two.clock.advance(364 * DAY_IN_SECONDS);
    expect(await day()).toEqual([]);
    two.clock.advance(DAY_IN_SECONDS);
    expect(await day()).toEqual([expect.stringMatching(/Unwaith y flwyddyn .* wirio.r canlynol: eich cyfeiriad; .*\/account\/information\?lang=cy#shared .*Nid oes angen rhoi rheswm/)]);
    expect(messages.arrived[0]?.message.to).toMatchObject({ personId: KIMS });
    expect(await page()).toContain('We reminded you of what you have allowed on Monday 22 November 2027. We do so once a year.');
    expect(await page('cy')).toContain('Gwnaethom eich atgoffa o’r hyn rydych wedi’i ganiatáu ar');
    two.clock.advance(364 * DAY_IN_SECONDS);
    expect(await day()).toHaveLength(1);
    two.clock.advance(2 * DAY_IN_SECONDS);
    expect(await day()).toHaveLength(2);
  });

  it('comes once, wherever the job was killed in between', async () => {
    await kimChooses(two, 'given');
    two.clock.advance(366 * DAY_IN_SECONDS);
    await find();
    const [first] = await noted();
    // Killed after the page was noted: the job comes again from its beginning.
    await find();
    two.clock.advance(DAY_IN_SECONDS);
    await find();
    expect(await noted()).toEqual([first]);
    // Killed after the message was kept, before the job was over; and meanwhile the council calls itself by another address.
    const send = messages.send.bind(messages);
    const killed = jest.spyOn(messages, 'send').mockImplementationOnce(async (ctx, message) => { await send(ctx, { ...message, to: { ...message.to, email: 'kim.before@post.example' } }); throw new Error('Killed.'); });
    await expect(two.app.get(Reminds).run(two.receiver, { reminderId: first?.reminder_id ?? '' })).rejects.toThrow('Killed.');
    await two.app.drainJobs();
    await messages.work();
    expect(messages.arrived).toHaveLength(1);
    expect(killed.mock.calls.length).toBeGreaterThan(1);
  });

  it.each(['stopped before', 'stopped since it was found', 'erased before', 'erased since it was found'] as const)('does not come to somebody who %s', async (what) => {
    const happens = async (): Promise<void> => {
      if (what.startsWith('stopped')) return kimChooses(two, 'withdrawn');
      await two.app.get(Database).run(two.receiver, (tx) => destroyKey(tx, KIM.riverbourne));
    };
    await kimChooses(two, 'given');
    two.clock.advance(366 * DAY_IN_SECONDS);
    if (what.endsWith('before')) await happens();
    await find();
    if (!what.endsWith('before')) await happens();
    expect(await day()).toEqual([]);
    if (what.startsWith('erased')) expect(await noted()).toEqual([]);
  });

  it('leaves no id of somebody who is erased at the moment in which they are found', async () => {
    await kimChooses(two, 'given');
    two.clock.advance(366 * DAY_IN_SECONDS);
    const db = two.app.get(Database);
    const query = db.query.bind(db);
    jest.spyOn(db, 'query').mockImplementationOnce(async (...asked) => {
      const found = await query(...asked);
      await db.run(two.receiver, (tx) => destroyKey(tx, KIM.riverbourne));
      return found as never;
    });
    await find();
    expect(await noted()).toEqual([]);
  });

  it.each(['was ended', 'is over'])('does not come for an agreement that %s, and is not noted as if it had', async (what) => {
    await kimChooses(two, 'given');
    two.clock.advance(366 * DAY_IN_SECONDS);
    if (what === 'was ended') await two.app.get(EndsAgreement).end(two.receiver, two.agreement);
    else two.clock.advance(4 * 365 * DAY_IN_SECONDS);
    expect([await day(), await noted()]).toEqual([[], []]);
  });

  it('is not said to have come where nobody could be written to', async () => {
    await kimChooses(two, 'given');
    two.clock.advance(366 * DAY_IN_SECONDS);
    jest.spyOn(messages, 'send').mockResolvedValue({ ok: false, refusal: { reason: 'unreachable', message: 'There is no way to reach them.' } } as never);
    expect(await day()).toEqual([]);
    expect(await noted()).toHaveLength(1);
    expect(await page()).toContain('Once a year we remind you of what you have allowed.');
    expect(await page()).not.toContain('We reminded you');
  });

  it('is noted for many, page after page, each once', async () => {
    const { id } = two.receiver.council;
    await two.app.owner.query(`insert into sharing.choice (council_id, choice_id, local_id, agreement_id, at, state, notice_digest, language, chosen_by) select $1, gen_random_uuid(), 'person-' || n, 'garden-waste-concession', '2025-01-01'::timestamptz, 'given', 'd', 'en', 'resident' from generate_series(1, 450) n`, [id]);
    await two.app.owner.query(`insert into sharing.subject_key (council_id, local_id, key) select $1, 'person-' || n, (select key from sharing.subject_key limit 1) from generate_series(1, 450) n`, [id]);
    await find();
    expect(await noted()).toHaveLength(450);
  });

  it('leaves no name, address or item in a job or a log', async () => {
    await kimChooses(two, 'given');
    two.clock.advance(366 * DAY_IN_SECONDS);
    await find();
    const jobs = (await two.app.owner.query<{ job: string }>('select row_to_json(j)::text as job from kernel.waiting_job j')).rows.map(({ job }) => job).filter((job) => job.includes('sharing.remind'));
    expect(jobs).toHaveLength(1);
    await two.app.drainJobs();
    expect(`${jobs.join()}${JSON.stringify(two.app.log.lines)}`).not.toMatch(new RegExp(`[Cc]anary|07700|${KIM.riverbourne}`));
  });
});
