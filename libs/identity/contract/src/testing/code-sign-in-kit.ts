import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { defineKit } from '@guildhall/kernel-contract';
import type { ConformanceCase, ConformanceKit } from '@guildhall/kernel-contract';
import type { CodeChallenge, CodeSignIn, SignInContact } from '../index';

/** A code provider, and the mailbox that its codes arrive in. @public */
export interface CodeSignInHarness {
  readonly provider: CodeSignIn;
  /** The provider as another council has it. */
  readonly otherCouncil: CodeSignIn;
  /** Moves time on for the provider. */
  advance(seconds: number): Promise<void>;
  /** The code that last came to this contact, for a provider whose far end sends it. */
  received?(contact: SignInContact): Promise<string>;
}

const MAILBOX: SignInContact = { channel: 'email', address: 'mair.evans@post.example' };
const OTHER_MAILBOX: SignInContact = { channel: 'email', address: 'tom.bell@post.example' };

function contactFor(provider: CodeSignIn): SignInContact {
  return provider.channels.includes('email') ? MAILBOX : { channel: 'text', address: '+447700900123' };
}
function otherContactFor(provider: CodeSignIn): SignInContact {
  return provider.channels.includes('email') ? OTHER_MAILBOX : { channel: 'text', address: '+447700900456' };
}

async function begin(harness: CodeSignInHarness, contact = contactFor(harness.provider)): Promise<{ challenge: CodeChallenge; code: string }> {
  const { challenge, send } = await harness.provider.begin(contact);
  const code = send?.code ?? await harness.received?.(contact);
  assert.ok(code, 'no code was sent');
  return { challenge, code };
}

/** A code of the same length that is not the right one. */
function wrong(code: string, step = 1): string {
  return ((Number(code) + step) % 10 ** code.length).toString().padStart(code.length, '0');
}

async function assertRefused(provider: CodeSignIn, challenge: CodeChallenge, code: string, reason: string): Promise<CodeChallenge> {
  const answer = await provider.complete(challenge, code);
  assert.equal(answer.outcome.ok, false, 'it was accepted');
  if (!answer.outcome.ok) assert.equal(answer.outcome.refusal.reason, reason);
  return answer.challenge;
}

const cases: readonly ConformanceCase<CodeSignInHarness>[] = [
  {
    id: 'IDN-101', title: 'the right code proves the contact it was sent to, and nothing more',
    async run(harness) {
      for (const channel of harness.provider.channels) {
        const contact: SignInContact = channel === 'email' ? MAILBOX : { channel: 'text', address: '+447700900123' };
        const { challenge, code } = await begin(harness, contact);
        const { outcome } = await harness.provider.complete(challenge, code);
        assert.ok(outcome.ok);
        assert.equal(outcome.value.verifiedEmail, channel === 'email' ? contact.address : undefined);
        assert.equal(outcome.value.verifiedPhone, channel === 'text' ? contact.address : undefined);
        assert.equal(outcome.value.confidence, 'none');
        assert.equal(outcome.value.name, undefined);
      }
    },
  },
  {
    id: 'IDN-102', title: 'codes have the digits that were promised and do not repeat',
    async run(harness) {
      const codes = new Set<string>();
      for (let i = 0; i < 100; i++) {
        const { code } = await begin(harness);
        assert.match(code, new RegExp(`^\\d{${harness.provider.digits}}$`));
        codes.add(code);
      }
      assert.ok(harness.provider.digits >= 6);
      assert.ok(codes.size >= 98, `only ${codes.size} of 100 codes differ`);
    },
  },
  {
    id: 'IDN-103', title: 'what is kept does not reveal the code, not even to somebody who tries every code against a plain hash',
    async run(harness) {
      const { challenge, code } = await begin(harness);
      const kept = JSON.stringify(challenge);
      assert.ok(!kept.includes(code));
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        for (const algorithm of ['sha256', 'sha512', 'sha1', 'md5']) assert.ok(!kept.includes(createHash(algorithm).update(code).digest(encoding).replace(/=+$/, '')));
      }
    },
  },
  {
    id: 'IDN-104', title: 'a wrong code is refused, costs one try, and leaves the right one working',
    async run(harness) {
      const { challenge, code } = await begin(harness);
      const after = await assertRefused(harness.provider, challenge, wrong(code), 'wrong-code');
      assert.equal(after.triesLeft, challenge.triesLeft - 1);
      assert.ok((await harness.provider.complete(after, code)).outcome.ok);
    },
  },
  {
    id: 'IDN-105', title: 'after too many tries not even the right code does',
    async run(harness) {
      const { challenge, code } = await begin(harness);
      assert.ok(challenge.triesLeft >= 3 && challenge.triesLeft <= 10);
      let kept = challenge;
      for (let step = 1; step <= challenge.triesLeft; step++) kept = await assertRefused(harness.provider, kept, wrong(code, step), step === challenge.triesLeft ? 'too-many-tries' : 'wrong-code');
      kept = await assertRefused(harness.provider, kept, code, 'too-many-tries');
      assert.equal(kept.triesLeft, 0);
    },
  },
  {
    id: 'IDN-106', title: 'a code works once',
    async run(harness) {
      const { challenge, code } = await begin(harness);
      const { outcome, challenge: kept } = await harness.provider.complete(challenge, code);
      assert.ok(outcome.ok && kept.isUsed);
      await assertRefused(harness.provider, kept, code, 'used');
    },
  },
  {
    id: 'IDN-107', title: 'a code works until the time it was promised for, and not after',
    async run(harness) {
      const early = await begin(harness);
      const late = await begin(harness, otherContactFor(harness.provider));
      const begun = await harness.provider.begin(contactFor(harness.provider));
      const minutes = begun.send?.minutes ?? 10;
      await harness.advance(minutes * 60 - 5);
      assert.ok((await harness.provider.complete(early.challenge, early.code)).outcome.ok);
      await harness.advance(10);
      await assertRefused(harness.provider, late.challenge, late.code, 'expired');
    },
  },
  {
    id: 'IDN-108', title: 'a challenge cannot be turned towards another contact',
    async run(harness) {
      const { challenge, code } = await begin(harness);
      await assertRefused(harness.provider, { ...challenge, contact: otherContactFor(harness.provider) }, code, 'wrong-code');
    },
  },
  {
    id: 'IDN-109', title: 'a challenge of one council is worth nothing at another',
    async run(harness) {
      const { challenge, code } = await begin(harness);
      await assertRefused(harness.otherCouncil, challenge, code, 'wrong-code');
    },
  },
  {
    id: 'IDN-110', title: 'a code may be typed or pasted with spaces, dashes or wide digits',
    async run(harness) {
      for (const write of [
        (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)}\n`,
        (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`,
        (code: string) => [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''),
      ]) {
        const { challenge, code } = await begin(harness);
        assert.ok((await harness.provider.complete(challenge, write(code))).outcome.ok);
      }
    },
  },
  {
    id: 'IDN-111', title: 'anything that is not a code is a wrong code, and nothing worse',
    async run(harness) {
      for (const text of ['', ' ', 'abcdef', '1'.repeat(100_000), '\u0000', '-1', '1e5', '0x1234']) {
        const { challenge } = await begin(harness);
        await assertRefused(harness.provider, challenge, text, 'wrong-code');
      }
    },
  },
  {
    id: 'IDN-112', title: 'two codes sent to one contact each work, and neither does for the other',
    async run(harness) {
      const first = await begin(harness);
      let second = await begin(harness);
      while (second.code === first.code) second = await begin(harness);
      const kept = await assertRefused(harness.provider, first.challenge, second.code, 'wrong-code');
      assert.ok((await harness.provider.complete(kept, first.code)).outcome.ok);
      assert.ok((await harness.provider.complete(second.challenge, second.code)).outcome.ok);
    },
  },
  {
    id: 'IDN-113', title: 'the same contact is the same subject, and another contact another one',
    async run(harness) {
      const subjects: string[] = [];
      for (const contact of [contactFor(harness.provider), contactFor(harness.provider), otherContactFor(harness.provider)]) {
        const { challenge, code } = await begin(harness, contact);
        const { outcome } = await harness.provider.complete(challenge, code);
        assert.ok(outcome.ok);
        subjects.push(`${outcome.value.issuer} ${outcome.value.subject}`);
      }
      assert.equal(subjects[0], subjects[1]);
      assert.notEqual(subjects[0], subjects[2]);
    },
  },
  {
    id: 'IDN-114', title: 'what was kept cannot be altered or invented',
    async run(harness) {
      const { challenge, code } = await begin(harness);
      for (const keep of ['', 'v1', '..', '\u0000', `${challenge.keep}x`, challenge.keep.split('').reverse().join('')]) {
        await assertRefused(harness.provider, { ...challenge, keep }, code, 'wrong-code');
      }
    },
  },
];

/** The rules of a provider that sends a code. @public */
export const codeSignInKit: ConformanceKit<CodeSignInHarness> = defineKit({ id: 'code-sign-in', contract: 'identity', version: '0.1.0', cases });
