import { choiceScope, starterGuideline, signAgreement, type Agreement, type Choice } from '@guildhall/sharing-contract';
import { agreementBetween, riverbourneAndAldermoor } from '@guildhall/sharing-contract/testing';
import { agreementCommand } from './agreement-command';
import type { Said, World } from './command';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const agreement = agreementBetween(receiver, holder, vocabulary);
const { signer: _receiver, ...receiverBody } = receiver;
const { signer: _holder, ...holderBody } = holder;
const changed = (changes: Partial<Agreement>): Agreement => agreementBetween(receiver, holder, vocabulary, changes);
const choice: Choice = { agreement: agreement.id, subject: `pw:${'x'.repeat(24)}`, state: 'given', at: '2026-11-20T09:00:00Z', scope: choiceScope(agreement), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'en', by: 'resident' };
const FILES: Readonly<Record<string, unknown>> = {
  'agreement.json': agreement, 'signed.json': signAgreement(agreement, receiver.signer), 'long.json': changed({ version: 4, retention: 'P3Y' }), 'sweet.json': changed({ sentence: { en: 'Nothing much.', cy: 'Dim llawer.' } }), 'receiver.json': receiverBody, 'holder.json': holderBody,
  'ours.json': { ...starterGuideline(receiver.id), rules: [{ id: 'kept-a-month', check: 'kept-no-longer-than', period: 'P1M', sentence: { en: 'Nobody keeps it for longer than a month', cy: 'Nid oes neb yn ei gadw am fwy na mis' } }] },
  'starter.json': starterGuideline(receiver.id), 'used.json': agreement.attributes.map((attribute) => ({ attribute, purpose: agreement.purpose })), 'used-less.json': [{ attribute: 'address.current', purpose: agreement.purpose }],
  'choice.json': choice, 'other-choice.json': { ...choice, agreement: 'another' }, 'formula.json': changed({ name: { en: '=1+1', cy: 'x' } }), 'nonsense.json': { id: 'x' },
};
const world: World = { read: (file) => (file in FILES ? Promise.resolve(Buffer.from(JSON.stringify(FILES[file]))) : Promise.reject(new Error('ENOENT'))), fetch: () => Promise.reject(new Error('No network.')), now: new Date('2026-11-22T13:00:00Z') };
const run = (line: string): Promise<Said> => agreementCommand(line.split(' ').filter(Boolean), world);
const BODIES = '--body receiver.json --body holder.json';

describe('agreement', () => {
  it('check says all that an agreement must have, and what it lacks', async () => {
    const good = await run(`check agreement.json ${BODIES}`);
    expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/^ok {4}Everything in it is in the vocabulary\.\n/) });
    expect(good.out).not.toContain('MEND');
    expect(await run('check agreement.json')).toMatchObject({ code: 1, out: expect.stringContaining('MEND  The vocabulary has no aldermoor-county, no riverbourne.') });
    expect(await run(`check sweet.json ${BODIES}`)).toMatchObject({ code: 1, out: expect.stringContaining('MEND  The sentence must be: Riverbourne Borough Council may check') });
    expect(await run(`check agreement.json ${BODIES} --guideline ours.json`)).toMatchObject({ code: 1, out: expect.stringContaining('MEND  Riverbourne Borough Council: Nobody keeps it for longer than a month. This agreement keeps what is told for 1 year.') });
    expect(JSON.parse((await run(`check signed.json ${BODIES} --json --on 2026-01-01`)).out)).toMatchObject({ findings: expect.arrayContaining([{ id: 'dpia', holds: false, text: 'The data protection impact assessment is from 2026-02-02, which is to come.' }]), objections: [] });
  });
  it('diff says what differs', async () => {
    expect(await run('diff agreement.json signed.json')).toEqual({ code: 0, out: 'Nothing differs.\n' });
    expect(await run('diff agreement.json long.json')).toEqual({ code: 1, out: 'version was 3 and is 4.\nretention was “P1Y” and is “P3Y”.\n' });
    expect(JSON.parse((await run('diff agreement.json long.json --json')).out)).toHaveLength(2);
  });
  it('objections says what stands against it in each body’s rules', async () => {
    expect(await run(`objections agreement.json --guideline ours.json --as riverbourne ${BODIES}`)).toEqual({ code: 1, out: 'Riverbourne Borough Council: Nobody keeps it for longer than a month. This agreement keeps what is told for 1 year.\n' });
    expect(await run('objections agreement.json --guideline ours.json --as glanafon')).toEqual({ code: 2, out: '', err: 'No guideline is by glanafon: nobody can say whether it would agree.\n' });
    expect(await run('objections agreement.json')).toMatchObject({ code: 2, err: expect.stringContaining('--guideline is missing') });
  });
  it('holds the rule that every item is used against what is asked for, and says when it cannot', async () => {
    const line = `objections agreement.json --guideline starter.json ${BODIES}`;
    expect(await run(line)).toEqual({ code: 0, out: 'Nothing stands against it.\nRiverbourne Borough Council: We share nothing that nobody needs. This cannot be looked at here: whoever asks knows what its services ask for.\n' });
    expect(await run(`${line} --used used.json`)).toEqual({ code: 0, out: 'Nothing stands against it.\n' });
    expect(await run(`${line} --used used-less.json`)).toEqual({ code: 1, out: 'Riverbourne Borough Council: We share nothing that nobody needs. Nobody asks for council-tax-reduction.receives to that end.\n' });
    expect((await run(`check agreement.json --guideline starter.json ${BODIES}`)).out).toContain('?     Riverbourne Borough Council: We share nothing');
    expect(await run(`${line} --used agreement.json`)).toMatchObject({ code: 2, err: expect.stringContaining('This is not a list of what is asked for') });
  });
  it('sentence says what residents read, in both languages', async () => {
    expect(await run(`sentence agreement.json ${BODIES}`)).toEqual({ code: 0, out: `${agreement.sentence.en}\n` });
    expect(await run(`sentence agreement.json --language cy ${BODIES}`)).toEqual({ code: 0, out: `${agreement.sentence.cy}\n` });
    expect(await run(`sentence sweet.json ${BODIES}`)).toEqual({ code: 1, out: `${agreement.sentence.en}\n`, err: 'sweet.json has another sentence: "Nothing much."\n' });
  });
  it('export writes the register’s fields, safe to open, and a receipt', async () => {
    const { code, out } = await run(`export agreement.json --dea ${BODIES}`);
    expect({ code, lines: out.trimEnd().split('\n').length, head: out.split('\n')[0] }).toEqual({ code: 0, lines: 2, head: 'Name,Purpose,Benefits,Legal power,Disclosed information,Controllers,Controller names,Method,Processors,Processor names,Retention,Start,End,Review,Contact,Areas,Area names,id' });
    expect((await run(`export formula.json --dea ${BODIES}`)).out).toContain(`'=1+1`);
    const receipt = await run(`export agreement.json --27560 --choice choice.json --notice-url https://a.example/notice --withdrawal-url https://a.example/stop ${BODIES}`);
    expect(receipt.code).toBe(0);
    expect(JSON.parse(receipt.out)).toMatchObject({ schema_version: 'ISO/IEC TS 27560:2023', party_identification: [{ party_name: 'Aldermoor County Council' }, { party_name: 'Riverbourne Borough Council' }], events: [{ event_state: 'given' }] });
    expect(await run(`export agreement.json --27560 --choice other-choice.json --notice-url x --withdrawal-url y`)).toMatchObject({ code: 2, err: expect.stringContaining('is a choice about another') });
  });
  it.each([
    ['', 'Usage'], ['burn agreement.json', 'Usage'], ['toString', 'Usage'], ['check', 'One file is looked at, and 0 were named'], ['diff agreement.json', 'Two files are looked at'], ['check none.json', 'none.json cannot be read'], ['check nonsense.json', 'nonsense.json: This is not an agreement'],
    ['check agreement.json --colour', "Unknown option '--colour'"], ['check agreement.json --on today', '--on is a day'], ['sentence agreement.json --language fr', '--language is en or cy'], ['export agreement.json', 'Choose one'], ['export agreement.json --dea --27560', 'Choose one'], ['export agreement.json --27560', '--choice is missing'],
  ])('%s cannot be done, and it says why', async (line, words) => { expect(await run(line)).toEqual({ code: 2, out: '', err: expect.stringContaining(words) }); });
  it('says how it is used', async () => { expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('objections FILE') }); });
});
