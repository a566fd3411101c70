import { defineServicePack, register } from '@guildhall/kernel-contract';
import { SERVICE, SERVICE_EXTENSION, type Service, type ServiceExtension } from '@guildhall/services-contract';
import { hedgehogHouses } from '@guildhall/services-contract/testing';
import { signAgreement, starterGuideline, type Agreement } from '@guildhall/sharing-contract';
import { agreementBetween } from '@guildhall/sharing-contract/testing';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { ChecksDraft } from '../desk/check-draft';
import { OwnNode } from '../node/own-node';
import { Agreements, type KeepRefusal } from './agreements';

const asksForAddress: ServiceExtension = {
  id: 'hedgehogs-come-home', version: 1, service: hedgehogHouses.slug, addQuestions: [{ page: 'your-name', question: { id: 'home', type: 'address', attribute: 'address.current', purposes: ['garden-waste-concession'], title: { en: 'Where do you live?', cy: 'Ble ydych chi’n byw?' } } }],
};
const service = defineServicePack({ id: 'hedgehog-houses', version: '0.1.0', options: {}, requires: [], registers: [register(SERVICE, { slug: hedgehogHouses.slug, service: hedgehogHouses as unknown as Service, settings: {} }), register(SERVICE_EXTENSION, asksForAddress)] });

describe('a rule that nothing is shared that nobody needs', () => {
  let two: TwoBodies;
  beforeAll(async () => {
    two = await startTwoBodies({ attributes: ['address.current'] }, {
      alsoInstalled: [service], guidelines: { [RECEIVER]: starterGuideline(RECEIVER), [HOLDER]: starterGuideline(HOLDER) }, options: { [RECEIVER]: { alsoAsked: [{ attribute: 'age.over18', purpose: 'garden-waste-concession' }] } },
    });
  });
  afterAll(() => two?.close());

  const agreed = (changes: Partial<Agreement>): Agreement => agreementBetween(two.bodies.receiver, two.bodies.holder, two.app.get(Agreements).vocabulary(two.receiver, [two.bodies.holder]), { id: 'another', ...changes });
  const kept = async (changes: Partial<Agreement>): Promise<KeepRefusal | 'kept'> => {
    const agreement = agreed(changes);
    const node = two.app.get(OwnNode);
    const outcome = await two.app.get(Agreements).keep(two.receiver, signAgreement(agreement, node.signer(two.holder), signAgreement(agreement, node.signer(two.receiver))), [two.bodies.holder]);
    return outcome.ok ? 'kept' : outcome.refusal;
  };

  it('lets be what a service asks for to that end, and what the configuration says', async () => {
    await two.choose('given');
    expect(await two.ask()).toMatchObject({ ok: true });
    expect(await kept({ id: 'of-age', attributes: ['address.current', 'age.over18'] })).toBe('kept');
  });
  it('objects to what nobody asks for, and to what is asked for to another end', async () => {
    expect(await kept({ attributes: ['address.current', 'council-tax-reduction.receives'] })).toMatchObject({ reason: 'unsound', message: 'riverbourne council: We share nothing that nobody needs. Nobody asks for this to that end: Gets Council Tax Reduction.' });
    expect(await kept({ attributes: ['address.current'], purpose: 'council-tax-reduction' })).toMatchObject({ reason: 'unsound', message: expect.stringContaining('Nobody asks for this to that end: Current address.') });
  });
  it('never switches off what is in force: it goes on being told by, and an officer reads what no service asks for', async () => {
    const agreement = agreed({ id: 'from-before', attributes: ['address.current', 'council-tax-reduction.receives'] });
    const node = two.app.get(OwnNode);
    const envelope = signAgreement(agreement, node.signer(two.holder), signAgreement(agreement, node.signer(two.receiver)));
    // As it was kept before anybody looked at what is asked for, or while a service still asked for it.
    for (const { council } of [two.receiver, two.holder]) await two.app.owner.query('insert into sharing.agreement (council_id, agreement_id, version, envelope, document, kept_at) values ($1, $2, $3, $4, $5, $6)', [council.id, agreement.id, agreement.version, JSON.stringify(envelope), JSON.stringify(agreement), two.clock.now()]);
    // Kept once more it is the same; the next version is looked at.
    expect(await kept({ id: 'from-before', attributes: agreement.attributes })).toBe('kept');
    expect(await kept({ id: 'from-before', version: agreement.version + 1, attributes: agreement.attributes })).toMatchObject({ reason: 'unsound' });
    await two.choose('given', 'receiver', agreement);
    expect(await two.ask({ agreementId: agreement.id, attributes: agreement.attributes })).toMatchObject({ ok: true });
    const officer = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] });
    const page = (await officer.get(`/desk/sharing/agreements/${agreement.id}`)).text;
    expect(page).toContain('It stays in force');
    expect(page).toContain('Nobody asks for this to that end: Gets Council Tax Reduction.');
    expect(page).not.toContain('so nothing is told by it');
    expect((await officer.get(`/desk/sharing/agreements/${two.agreement.id}`)).text).not.toContain('It stays in force');
  });
  it('says on the other side, which does not ask, that it cannot be looked at there', async () => {
    const agreement = agreed({ attributes: ['address.current', 'council-tax-reduction.receives'] });
    const own = async (where: 'receiver' | 'holder'): Promise<object> => {
      const checked = await two.app.get(ChecksDraft).check(two[where], agreement);
      const [rules] = checked.ok ? checked.value.rules : [];
      return { objections: rules?.objections.map(({ rule }) => rule), unsettled: rules?.unsettled.map(({ rule }) => rule) };
    };
    expect([await own('receiver'), await own('holder')]).toEqual([{ objections: ['nothing-idle'], unsettled: [] }, { objections: [], unsettled: ['nothing-idle'] }]);
  });
});
