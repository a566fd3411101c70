import { generateKeyPairSync } from 'node:crypto';
import { formatCheckpoint, openNote, parseCheckpoint, parseVerifierKey, signNote, verifierKey } from './index';

/** The note of the specification's authors, signed by them. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const TEXT = 'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n';
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
const peter = parseVerifierKey(PETER);
const log = { name: 'borough-b.example/log', ...generateKeyPairSync('ed25519') };
const ours = { name: log.name, key: log.publicKey };
const signer = { name: log.name, key: log.privateKey };

describe('a signed note (C2SP signed-note)', () => {
  it('is opened as the specification’s example is, and its key is written as it was', () => {
    expect(openNote(NOTE, [peter])).toEqual({ ok: true, value: { text: TEXT, names: ['PeterNeumann'] } });
    expect(verifierKey(peter)).toBe(PETER);
  });
  it('tells who of those who are known has signed, and looks at nobody else', () => {
    const note = signNote(TEXT, [signer]) + NOTE.slice(TEXT.length + 1);
    expect(openNote(note, [ours])).toMatchObject({ ok: true, value: { names: [log.name] } });
    expect(openNote(note, [peter, ours])).toMatchObject({ ok: true, value: { names: [log.name, 'PeterNeumann'] } });
    expect(openNote(NOTE, [ours])).toMatchObject({ ok: false, refusal: { reason: 'not-signed' } });
    // The same name with another key is somebody else.
    expect(openNote(NOTE, [{ ...ours, name: 'PeterNeumann' }])).toMatchObject({ ok: false, refusal: { reason: 'not-signed' } });
    expect(openNote(signNote('a\n\nb\n', [signer]), [ours])).toMatchObject({ ok: true, value: { text: 'a\n\nb\n' } });
  });
  it('is spoilt by a wrong signature of somebody who is known, and by other words', () => {
    const other = signNote('Other words.\n', [signer]);
    expect(openNote(other.replace('Other', 'Own'), [ours])).toMatchObject({ ok: false, refusal: { reason: 'wrong-signature' } });
    expect(openNote(`${NOTE}${other.split('\n\n')[1] ?? ''}`, [peter, ours])).toMatchObject({ ok: false, refusal: { reason: 'wrong-signature' } });
  });
  it.each([
    ['without signatures', `${TEXT}\n`], ['without a line between', NOTE.replace('\n\n', '\n')], ['that is cut', NOTE.slice(0, -1)], ['with a hyphen for the dash', NOTE.replace('—', '-')], ['with a signature of nothing', NOTE.replace(/x08\S+/, 'AAAA')], ['of nothing', ''], ['with a tab', NOTE.replace('answer', '\t')],
    ['with two hundred signatures', `${TEXT}\n${NOTE.slice(TEXT.length + 1).repeat(200)}`],
  ])('is none: %s', (_what, note) => expect(openNote(note, [peter])).toMatchObject({ ok: false, refusal: { reason: 'malformed' } }));
  it.each(['PeterNeumann', PETER.replace('c74f20a3', 'c74f20a4'), PETER.replace('+ARpc', '+AhpS'), PETER.replace('PeterNeumann', 'Peter Neumann'), PETER.slice(0, -4)])('has no key %j', (text) => expect(() => parseVerifierKey(text)).toThrow(SyntaxError));
  it('is made of whole lines, by somebody whose name has no space', () => {
    for (const text of ['no end', 'a\r\n', 'half \ud800\n', '']) expect(() => signNote(text, [signer])).toThrow(SyntaxError);
    expect(() => signNote(TEXT, [{ ...signer, name: 'Borough B' }])).toThrow(SyntaxError);
  });
});

describe('a checkpoint (C2SP tlog-checkpoint)', () => {
  const checkpoint = { origin: 'borough-b.example/log', size: 4711, root: new Uint8Array(32).fill(7) };
  it('is read as it was written, with whatever others have added', () => {
    expect(formatCheckpoint(checkpoint)).toBe('borough-b.example/log\n4711\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n');
    expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
    expect(parseCheckpoint(`${formatCheckpoint(checkpoint)}added by somebody\n`)).toEqual(checkpoint);
    expect(openNote(signNote(formatCheckpoint(checkpoint), [signer]), [ours])).toMatchObject({ ok: true, value: { text: formatCheckpoint(checkpoint) } });
  });
  it.each<[string, (text: string) => string]>([
    ['a size with a nought before it', (text) => text.replace('4711', '04711')], ['a size below nought', (text) => text.replace('4711', '-1')], ['a size too large to count', (text) => text.replace('4711', '9007199254740993')], ['a short root', (text) => text.replace('BwcHBwcH', 'BwcH')],
    ['no name', (text) => text.slice(text.indexOf('\n'))], ['no end', (text) => text.slice(0, -1)], ['an empty line', (text) => `${text}\n`],
  ])('is none with %s', (_what, altered) => expect(() => parseCheckpoint(altered(formatCheckpoint(checkpoint)))).toThrow(SyntaxError));
  it('is not written with a name of two words, half an entry or no root', () => {
    for (const wrong of [{ origin: 'two words' }, { size: 0.5 }, { size: -1 }, { root: new Uint8Array(31) }]) expect(() => formatCheckpoint({ ...checkpoint, ...wrong })).toThrow(SyntaxError);
  });
});
