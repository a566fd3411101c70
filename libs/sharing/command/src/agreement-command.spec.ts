import type { KeyObject } from 'node:crypto';
import { choiceScope, openAgreement, starterGuideline, signAgreement, type Agreement, type Choice, type Envelope } from '@guildhall/sharing-contract';
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
  'agreement.json': agreement, 'signed.json': signAgreement(agreement, receiver.signer), 'others.json': changed({ version: 4, attributes: ['address.current'] }), 'long.json': changed({ version: 4, retention: 'P3Y' }), 'sweet.json': changed({ sentence: { en: 'Nothing much.', cy: 'Dim llawer.' } }), 'receiver.json': receiverBody, 'holder.json': holderBody,
  'ours.json': { ...starterGuideline(receiver.id), rules: [{ id: 'kept-a-month', check: 'kept-no-longer-than', period: 'P1M', sentence: { en: 'Nobody keeps it for longer than a month', cy: 'Nid oes neb yn ei gadw am fwy na mis' } }] },
  'starter.json': starterGuideline(receiver.id), 'used.json': agreement.attributes.map((attribute) => ({ attribute, purpose: agreement.purpose })), 'used-less.json': [{ attribute: 'address.current', purpose: agreement.purpose }],
  'choice.json': choice, 'other-choice.json': { ...choice, agreement: 'another' }, 'formula.json': changed({ name: { en: '=1+1', cy: 'x' } }), 'nonsense.json': { id: 'x' },
};
/** What somebody made with a command before. */
const written: Record<string, unknown> = {};
const KEYS: Readonly<Record<string, KeyObject>> = { 'ours.pem': receiver.signer.key, 'theirs.pem': holder.signer.key };
const contentOf = (file: string): string | undefined => (KEYS[file] ? KEYS[file].export({ format: 'pem', type: 'pkcs8' }).toString() : JSON.stringify(FILES[file] ?? written[file]));
const world: World = { read: (file) => (contentOf(file) !== undefined ? Promise.resolve(Buffer.from(contentOf(file) ?? '')) : Promise.reject(new Error('ENOENT'))), fetch: () => Promise.reject(new Error('No network.')), now: new Date('2026-11-22T13:00:00Z') };
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
    expect(JSON.parse((await run(`check signed.json ${BODIES} --json --on 2026-01-01`)).out)).toMatchObject({ findings: expect.arrayContaining([{ id: 'dpia', holds: false, text: 'The data protection impact assessment is from 2 February 2026, which is to come.' }]), objections: [] });
  });
  it('diff says what differs', async () => {
    expect(await run('diff agreement.json signed.json')).toEqual({ code: 0, out: 'Nothing differs.\n' });
    expect(await run('diff agreement.json long.json')).toEqual({ code: 1, out: 'Version: before, 3; now, 4.\nWhat is told is kept for: before, 1 year; now, 3 years.\n' });
    expect(JSON.parse((await run('diff agreement.json long.json --json')).out)).toHaveLength(2);
  });
  it('diff says what things are called, where the bodies are named', async () => {
    expect((await run('diff agreement.json others.json')).out).toContain('What is shared: Gets Council Tax Reduction is no longer there.');
  });
  it('draft writes all that an agreement must say, with what is to be written in its place; and sign signs nothing that is still to be written', async () => {
    const line = 'draft --id garden-waste-checks --holder holder.json --receiver receiver.json --purpose garden-waste-concession --attribute address.current --area';
    const drafted = await agreementCommand([...line.split(' '), 'E07000999 Riverbourne'], world);
    expect(drafted.code).toBe(0);
    const text = JSON.parse(drafted.out) as Agreement;
    expect(text).toMatchObject({ id: 'garden-waste-checks', version: 1, from: '2026-11-22', review: '2027-11-22', until: '2028-11-22', holders: ['aldermoor-county'], receivers: ['riverbourne'], areas: [{ code: 'E07000999', name: 'Riverbourne' }], sentence: { en: 'Riverbourne Borough Council may check your address with Aldermoor County Council, to decide what you pay for garden waste.' } });
    written['begun.json'] = text;
    expect((await run(`check begun.json ${BODIES}`)).out.match(/^MEND.*$/gm)).toEqual(['MEND  It names no data protection impact assessment.']);
    expect(await run(`sign begun.json --key ours.pem --keyid riverbourne#2026-1 ${BODIES}`)).toEqual({ code: 1, out: '', err: 'Still to be written: name.\nStill to be written: benefit.\nStill to be written: power.\nStill to be written: choice.\nStill to be written: contacts.\nIt names no data protection impact assessment.\n' });
    for (const [wrong, sentence] of [[line.replace('garden-waste-concession', 'marketing'), 'The vocabulary has no purpose marketing. It has: garden-waste-concession,'], [line.replace('address.current', 'shoe.size'), 'The vocabulary has no attribute shoe.size.'], [line.replace('--attribute address.current ', ''), '--attribute is missing.']] as const) {
      expect(await agreementCommand([...wrong.split(' '), 'E07000999 Riverbourne'], world)).toMatchObject({ code: 2, err: expect.stringContaining(sentence) });
    }
    expect(await agreementCommand([...line.split(' '), 'Riverbourne'], world)).toMatchObject({ code: 2, err: '--area is a code and a name: "E07000999 Riverbourne".\n' });
  });
  it('sign adds the signature of each party, which a node believes', async () => {
    const one = await run(`sign agreement.json --key ours.pem --keyid ${receiver.signer.keyid} ${BODIES}`);
    expect(one).toMatchObject({ code: 0, err: 'Signed for riverbourne. Not signed yet, as far as can be seen here: aldermoor-county.\n' });
    written['one.json'] = JSON.parse(one.out);
    const both = await run(`sign one.json --key theirs.pem --keyid ${holder.signer.keyid} ${BODIES}`);
    expect(both).toMatchObject({ code: 0, err: 'Signed for aldermoor-county, and so by all.\n' });
    expect(openAgreement(JSON.parse(both.out) as Envelope, [receiver, holder], world.now)).toMatchObject({ ok: true, value: { agreement, missing: [] } });
    expect(await run(`sign agreement.json --key ours.pem --keyid somebody#1 ${BODIES}`)).toMatchObject({ code: 2, err: 'somebody is no party to garden-waste-concession: it is between aldermoor-county and riverbourne.\n' });
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
    expect(await run(`${line} --used used-less.json`)).toEqual({ code: 1, out: 'Riverbourne Borough Council: We share nothing that nobody needs. Nobody asks for this to that end: Gets Council Tax Reduction.\n' });
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
