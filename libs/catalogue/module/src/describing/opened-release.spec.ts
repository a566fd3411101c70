import { factsOf, type PackageFacts } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease } from '@guildhall/catalogue-contract/testing';
import type { Envelope } from '@guildhall/sharing-contract';
import { OpensReleases } from './opened-release';

const westmarch = examplePublisher('westmarch');
const released = (name: string, readme: string): readonly [Envelope, PackageFacts] => {
  const files = exampleFiles(name, '1.0.0', {}, { 'README.md': readme });
  const facts = factsOf(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));
  if (!facts.ok) throw new Error(facts.refusal.message);
  return [exampleRelease(westmarch, files, 'a'.repeat(128), { at: new Date('2026-11-30T12:00:00Z') }).release, facts.value];
};

describe('opening releases', () => {
  it('reads each once, and another of the same name by itself', () => {
    const releases = new OpensReleases();
    const [one, other] = [released('@westmarch/parking', '# One'), released('@westmarch/parking', '# Other')];
    expect(releases.open(...one)).toBe(releases.open(...one));
    expect([releases.open(...one).readme, releases.open(...other).readme].map((html) => html.includes('One'))).toEqual([true, false]);
    expect(releases.size).toBe(2);
  });

  it('holds no more than it may, and those that were looked at last', () => {
    const releases = new OpensReleases(60_000);
    const [first, second, third] = ['parking', 'bins', 'libraries'].map((name) => released(`@westmarch/${name}`, `# ${name}`)) as [ReturnType<typeof released>, ReturnType<typeof released>, ReturnType<typeof released>];
    const kept = releases.open(...first);
    const gone = releases.open(...second);
    releases.open(...first);
    releases.open(...third);
    expect(releases.size).toBe(2);
    expect(releases.open(...first)).toBe(kept);
    expect(releases.open(...second)).not.toBe(gone);
  });

  it('shows what is larger than all that may be held, and holds it not', () => {
    const releases = new OpensReleases(1000);
    expect(releases.open(...released('@westmarch/parking', '# Parking')).readme).toContain('Parking');
    expect(releases.size).toBe(0);
  });
});
