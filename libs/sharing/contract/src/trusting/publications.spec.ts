import { bodyNamed } from '../testing';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, keysAt, openPublications, openTrustList, readPublications, signPublications, signTrustList, starterGuideline, type Publications } from '../index';

const region = bodyNamed('north-region', 'North Region');
const published: Publications = {
  id: 'north', by: region.id, serial: 4, issued: '2026-11-01T00:00:00Z', expires: '2026-12-01T00:00:00Z', guidelines: [starterGuideline(region.id)], attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES,
  models: [{ id: 'garden-waste', version: 2, name: { en: 'Garden waste', cy: 'Gwastraff gardd' }, purpose: 'garden-waste-concession', attributes: ['address.current'], lawfulBasis: 'public-task', power: { ref: 'Localism Act 2011, section 1' }, retention: 'P1Y' }],
};
const issuer = keysAt(region, new Date(published.issued));
const refusal = (changes: object): unknown => { const read = readPublications({ ...published, ...changes }); return read.ok ? 'read' : read.refusal.fields.map(({ field }) => field); };

describe('what a region publishes', () => {
  it('is taken from whoever issues it, and from nobody else; it is no trust list, nor is a trust list that', () => {
    expect(openPublications(signPublications(published, region.signer), issuer)).toEqual({ ok: true, value: published });
    expect(openPublications(signPublications(published, bodyNamed('north-region', 'Another').signer), issuer)).toMatchObject({ ok: false, refusal: { reason: 'not-signed' } });
    const list = signTrustList({ id: 'north', by: region.id, serial: 1, issued: published.issued, expires: published.expires, members: [], assessors: [] }, region.signer);
    expect(openPublications(list, issuer)).toMatchObject({ ok: false, refusal: { reason: 'malformed' } });
    expect(openTrustList(signPublications(published, region.signer), issuer)).toMatchObject({ ok: false, refusal: { reason: 'malformed' } });
  });
  it('may be nothing but its number and its days', () => { expect(refusal({ guidelines: [], attributes: [], purposes: [], models: [] })).toBe('read'); });
  it.each<readonly [string, object, string]>([
    ['parties: nobody has agreed to it', { models: [{ ...published.models[0], holders: ['aldermoor'] }] }, 'models.0.holders'], ['a sentence that somebody wrote', { models: [{ ...published.models[0], sentence: { en: 'We may look.', cy: 'Cawn edrych.' } }] }, 'models.0.sentence'],
    ['no purpose', { models: [{ ...published.models[0], purpose: undefined }] }, 'models.0.purpose'], ['an attribute in one language', { attributes: [{ ...STARTER_ATTRIBUTES[0], title: { en: 'Name' } }] }, 'attributes.0.title.cy'], ['something that nobody knows', { more: true }, 'more'],
  ])('is refused where a part has %s', (_what, changes, field) => { expect(refusal(JSON.parse(JSON.stringify(changes)) as object)).toContain(field); });
});
