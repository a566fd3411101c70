import { PersonClaimedAssistedCase } from '@guildhall/identity-contract';
import { Database, publish } from '@guildhall/kernel';
import type { OpenCase, OpenedCase } from '@guildhall/cases-contract';
import { personId, pothole, startCasesApp, type CasesApp } from '../testing/cases-app';

describe('news for residents', () => {
  let app: CasesApp;
  beforeAll(async () => { app = await startCasesApp(); });
  afterAll(() => app?.close());
  beforeEach(async () => {
    await app.forget();
    app.notifications.arrived.length = 0;
  });

  const open = async (changes: Partial<OpenCase> = {}, ctx = app.as({ kind: 'nobody' })): Promise<OpenedCase> => {
    const outcome = await app.cases.open(ctx, {
      caseId: app.newId(), idempotencyKey: app.newId(), caseType: pothole.id, summary: 'Pothole in Mill Lane', answers: [], openedFor: { contact: { name: 'Olwen Pugh', email: 'olwen@home.example' }, language: 'en' }, ...changes,
    });
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    return outcome.value;
  };
  const arrived = async () => {
    await app.drainJobs();
    await app.notifications.work();
    return app.notifications.arrived.splice(0);
  };
  const move = (caseId: string, transition: string, reasons?: string, ctx = app.officer()) => app.cases.move(ctx, { caseId, transition, idempotencyKey: app.newId(), ...(reasons && { reasons }) });

  it('comes at the opening, with the reference and the address of the status page', async () => {
    const view = await open();
    const [message, ...more] = await arrived();
    expect(more).toEqual([]);
    expect(message?.message.templateId).toBe('cases.opened');
    expect(message?.address).toMatchObject({ channel: 'email' });
    expect(message?.words).toContain(view.reference);
    expect(message?.words).toContain(view.statusPath);
    expect(message?.words).toContain('We have your report.');
  });

  it('does not come at the opening where whoever opened it tells the person themselves, and comes of the next step', async () => {
    const view = await open({ isToldElsewhere: true });
    expect(await arrived()).toEqual([]);
    await move(view.id, 'order');
    expect(await arrived()).toHaveLength(1);
  });

  it('never comes to somebody whom the system that they reported through keeps informed', async () => {
    const view = await open({ openedFor: { contact: { name: 'Olwen Pugh', email: 'olwen@home.example', isToldElsewhere: true } } });
    await move(view.id, 'order');
    expect(await arrived()).toEqual([]);
  });

  it('comes in the language of the person, and only by ways that they gave', async () => {
    await open({ openedFor: { contact: { phone: '07700 900123' }, language: 'cy' } });
    const [message] = await arrived();
    expect(message?.address).toMatchObject({ channel: 'sms' });
    expect(message?.words).toContain('Mae eich adroddiad gyda ni.');
  });

  it('comes to what is known of the person when they gave nothing for this case', async () => {
    const ctx = app.as({ kind: 'nobody' });
    const id = personId(app.newId());
    app.identity.addPerson(ctx, { personId: id, name: 'Rhys Known', email: 'rhys@home.example', preferredLanguage: 'en' });
    await open({ openedFor: { personId: id } }, app.officer());
    const [message] = await arrived();
    expect(message?.message.to).toMatchObject({ personId: id, email: 'rhys@home.example' });
  });

  it('does not come to somebody who left nothing, and nothing fails', async () => {
    await open({ openedFor: undefined });
    expect(await arrived()).toEqual([]);
    expect(app.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('tells of a move in the words that the timeline had then, though the case has gone on since', async () => {
    const view = await open();
    await arrived();
    await move(view.id, 'order');
    await move(view.id, 'fix');
    const messages = await arrived();
    expect(messages.map(({ message }) => message.templateId)).toEqual(['cases.moved', 'cases.moved']);
    expect(messages[0]?.words).toContain('We will repair it by');
    expect(messages[1]?.words).toContain('We repaired it on');
  });

  it('asks what the council needs, and by when', async () => {
    const view = await open();
    await arrived();
    await move(view.id, 'ask', 'Which side of the road?\nAnd how deep?');
    const [message] = await arrived();
    expect(message?.message.templateId).toBe('cases.waiting');
    expect(message?.words).toContain('Which side of the road?');
    expect(message?.words).toMatch(/Please answer by \w+day/);
  });

  it('carries a decision with its letter', async () => {
    const view = await open();
    await arrived();
    await move(view.id, 'refuse', 'It is 2 cm deep.');
    const [message] = await arrived();
    expect(message?.message.templateId).toBe('cases.decided');
    expect(message?.words).toContain('Dear Olwen Pugh,');
    expect(message?.words).toContain('We will not repair it. It is 2 cm deep.');
  });

  it('brings an officer’s update, and never an internal note', async () => {
    const view = await open();
    await arrived();
    await app.cases.note(app.officer(), { caseId: view.id, text: 'Only for us', idempotencyKey: app.newId() });
    await app.cases.tell(app.officer(), { caseId: view.id, text: 'The engineer comes on Tuesday.', idempotencyKey: app.newId() });
    const messages = await arrived();
    expect(messages).toHaveLength(1);
    expect(messages[0]?.words).toContain('The engineer comes on Tuesday.');
  });

  it('does not tell residents what they did themselves', async () => {
    const id = personId(app.newId());
    const resident = app.as({ kind: 'resident', personId: id, confidence: 'low' });
    const view = await open({ openedFor: { contact: { email: 'r@home.example' }, language: 'en' } }, resident);
    await move(view.id, 'ask', 'Where?');
    await arrived();
    await move(view.id, 'reply', 'There.', resident);
    await app.cases.write(resident, { caseId: view.id, text: 'And it grows.', idempotencyKey: app.newId() });
    expect(await arrived()).toEqual([]);
  });

  it('comes once although the event is delivered twice', async () => {
    await open();
    const jobs = (await app.owner.query(`select * from kernel.waiting_job where kind = 'on:cases.news-of-opening'`)).rows as Record<string, unknown>[];
    expect(jobs).toHaveLength(1);
    expect(await arrived()).toHaveLength(1);
    for (const job of jobs) await app.owner.query(`insert into kernel.waiting_job (council_id, job_id, kind, key, data, run_at) values ($1, gen_random_uuid(), $2, $3, $4, $5)`, [job.council_id, job.kind, job.key, job.data, job.run_at]);
    expect(await arrived()).toEqual([]);
  });

  it('holds no personal data in events, jobs or logs', async () => {
    const view = await open({ openedFor: { contact: { name: 'Canary Quillfeather', email: 'canary@quillfeather.example', phone: '07700 900999' }, language: 'en' }, answers: [{ section: 's', question: 'q', answer: 'Canary-Answer', personal: true }] });
    await move(view.id, 'refuse', 'Canary-Reason');
    const { rows } = await app.owner.query(`select data::text from kernel.event union all select data::text from kernel.waiting_job union all select detail::text from kernel.audit`);
    await arrived();
    const everything = JSON.stringify(rows) + JSON.stringify(app.log.lines);
    expect(everything).not.toMatch(/quillfeather|900999|canary/i);
  });

  it('gives a claimed case to whoever claimed it', async () => {
    const assisted = personId(app.newId());
    const claimant = personId(app.newId());
    const mine = await open({ openedFor: { personId: assisted } }, app.officer());
    const other = await open({ openedFor: { personId: assisted } }, app.officer());
    const ctx = app.systemContext();
    await app.get(Database).run(ctx, async (tx) => publish(tx, PersonClaimedAssistedCase, { personId: claimant, assistedPersonId: assisted, subject: { type: 'case', id: mine.id } }));
    await app.drainJobs();
    const resident = app.as({ kind: 'resident', personId: claimant, confidence: 'low' });
    expect((await app.cases.list(resident, {})).items.map(({ id }) => id)).toEqual([mine.id]);
    expect(await app.cases.find(resident, { caseId: other.id })).toBeUndefined();
  });
});
