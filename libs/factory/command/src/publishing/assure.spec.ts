import { readCounterClaim } from '@guildhall/assurance-contract';
import { documentDigest, type Envelope } from '@guildhall/sharing-contract';
import { CatalogueStub } from '../../test/catalogue-stub';
import { BEGIN, Terminal } from '../../test/typed';

let terminal: Terminal;
let catalogue: CatalogueStub;
beforeEach(async () => {
  terminal = await Terminal.open();
  catalogue = await CatalogueStub.start(() => terminal.now);
});
afterEach(async () => {
  await catalogue.stop();
  await terminal.close();
});

describe('guildhall assure', () => {
  it('signs what was found of a deployment, and hands it in', async () => {
    await terminal.type(BEGIN);
    await terminal.write({ 'components.json': { packages: {} }, 'findings.json': { assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '1', result: 'met', how: 'tested' }] } });
    const { code, out } = await terminal.type(['assure', 'sign', '--deployment', 'https://share.riverbourne.example/sharing', '--components', 'components.json', '--findings', 'findings.json', '--key', 'lead.pem', '--keyid', 'westmarch#lead']);
    expect(code).toBe(0);
    await terminal.write({ 'riverbourne.json': out });
    expect(await terminal.type(['assure', 'submit', 'riverbourne.json', '--catalogue', catalogue.origin])).toEqual({ code: 0, out: `${catalogue.origin} lists what was found of https://share.riverbourne.example/sharing.\n` });
    expect(catalogue.assessments).toEqual([JSON.parse(out)]);
  });
  it('hands in nothing else, and says where nothing is to go', async () => {
    await terminal.type(BEGIN);
    await terminal.write({ 'publisher-alone.json': { payload: 'e30=', payloadType: 'x', signatures: [{ sig: 'AA==' }] } });
    expect(await terminal.type(['assure', 'submit', 'publisher-alone.json', '--catalogue', catalogue.origin])).toMatchObject({ code: 2, err: expect.stringContaining('This is not a statement.') as string });
    expect(await terminal.type(['assure', 'praise'])).toMatchObject({ code: 2 });
    expect(catalogue.assessments).toEqual([]);
  });
  it('signs what whoever was assessed says against it, and hands that in', async () => {
    await terminal.type(BEGIN);
    await terminal.write({ 'components.json': { packages: {} }, 'findings.json': { assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '1', result: 'not-met', how: 'tested' }] } });
    const { out: assessment } = await terminal.type(['assure', 'sign', '--deployment', 'https://share.westmarch.example/sharing', '--components', 'components.json', '--findings', 'findings.json', '--key', 'lead.pem', '--keyid', 'westmarch#lead']);
    await terminal.write({ 'found.json': assessment });
    const says = ['assure', 'counter', 'found.json', '--key', 'lead.pem', '--keyid', 'westmarch#lead'];
    const { code, out } = await terminal.type([...says, '--claim', '1=TLS 1.2 was switched off on 3 November.']);
    expect(code).toBe(0);
    const claim = readCounterClaim(JSON.parse(out) as Envelope);
    expect(claim).toMatchObject({ ok: true, value: { assessment: documentDigest(JSON.parse(assessment)), by: 'westmarch', claims: [{ principle: '1', text: 'TLS 1.2 was switched off on 3 November.' }] } });
    await terminal.write({ 'against.json': out });
    expect(await terminal.type(['assure', 'submit', 'against.json', '--catalogue', catalogue.origin])).toEqual({ code: 0, out: `${catalogue.origin} lists what westmarch says against what was found.\n` });
    expect(catalogue.assessments).toEqual([JSON.parse(out)]);
    const takenBack = await terminal.type([...says, '--take-back']);
    expect(readCounterClaim(JSON.parse(takenBack.out) as Envelope)).toMatchObject({ ok: true, value: { claims: [] } });
    for (const [more, because] of [[['--claim', '2=No.'], 'says nothing of principle 2'], [['--claim', 'No.'], '--claim is the number of a principle'], [[], 'Say something with --claim'], [['--claim', '1=No.', '--take-back'], 'Say something with --claim']] as const) {
      expect(await terminal.type([...says, ...more])).toMatchObject({ code: 2, err: expect.stringContaining(because) as string });
    }
  });
});
