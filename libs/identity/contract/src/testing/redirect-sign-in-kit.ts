import { strict as assert } from 'node:assert';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { ConformanceCase, ConformanceKit, Language } from '@guildhall/kernel-contract';
import { OFFICER_ROLES, SIGNED_OUT_PATH, normaliseEmail } from '../index';
import type { IdentityClaims, IdentityConfidence, RedirectSignIn } from '../index';

/** What the far end's person is like. @public */
export interface FarEndPerson { readonly name: string; readonly email: string }

/** A redirecting provider with its far end, and a browser to walk between them. @public */
export interface RedirectSignInHarness {
  readonly provider: RedirectSignIn;
  /** Where the far end may send the browser back to: the council's origin and `returnPath`. */
  readonly redirectUri: string;
  /** Where the far end lives. */
  readonly farEndOrigin: string;
  /** The provider as another council has it: another client of the same far end. */
  readonly otherCouncil: { readonly provider: RedirectSignIn; readonly redirectUri: string };
  /** Two people who may sign in, with verified email addresses. */
  readonly people: readonly [FarEndPerson, FarEndPerson];
  /** Plays the browser: opens the address, signs in as this person, and returns the parameters that come back. Fails when the far end refuses. */
  signIn(url: string, person: FarEndPerson): Promise<Readonly<Record<string, string>>>;
  /** The same, by somebody who says no. Ability `decline`. */
  decline?(url: string): Promise<Readonly<Record<string, string>>>;
  /** Somebody whose email address the far end has not verified. Ability `unverified-email`. */
  readonly unverified?: FarEndPerson;
  /** Somebody of whom the far end is no surer than this. Ability `confidence`. */
  readonly leastKnown?: FarEndPerson;
  /** The language that the far end speaks at this address. Ability `languages`. */
  languageAt?(url: string): Promise<Language>;
  /** Somebody whose identity the far end can prove, and what it then says. Ability `proof`. */
  readonly proved?: FarEndPerson & { readonly uprn: string; readonly postcode: string; readonly dateOfBirth: string };
  /** Somebody whose identity the far end tries to prove, and cannot. Ability `proof`. */
  readonly notProvable?: FarEndPerson;
  /** The browser comes back from the far end with this error (RFC 6749, 4.1.2.1). Ability `errors`. */
  failWith?(url: string, error: string): Promise<Readonly<Record<string, string>>>;
  /** What the far end sends when this subject signs out there. Ability `back-channel-logout`. */
  logoutNotice?(subject: string): Promise<string>;
  /** Plays the browser at the far end's sign-out and returns the address that it leads back to. Ability `sign-out`. */
  signOut?(url: string): Promise<string>;
  /** Lets the answers that wait to be completed grow too old. Ability `time`. */
  expireAnswers?(): Promise<void>;
  /** The account of this person is closed at the far end. Ability `recheck`. */
  deactivate?(person: FarEndPerson): Promise<void>;
  /** Makes the far end unreachable. Ability `outage`. */
  stopFarEnd?(): Promise<void>;
}

type Case = ConformanceCase<RedirectSignInHarness>;

async function begun(harness: RedirectSignInHarness, confidence?: IdentityConfidence) {
  return harness.provider.begin({ redirectUri: harness.redirectUri, language: 'en', confidence });
}

async function signedIn(harness: RedirectSignInHarness, person: FarEndPerson, confidence?: IdentityConfidence): Promise<IdentityClaims> {
  const sent = await begun(harness, confidence);
  const outcome = await harness.provider.complete(await harness.signIn(sent.url, person), sent.keep);
  assert.ok(outcome.ok, outcome.ok ? '' : `refused as ${outcome.refusal.reason}: ${outcome.refusal.message}`);
  return outcome.value;
}

/** By the address that was verified: a far end may know no name until it has proved one. */
function isOf(claims: IdentityClaims, person: FarEndPerson): boolean {
  return normaliseEmail(claims.verifiedEmail ?? '') === normaliseEmail(person.email) && (claims.name ?? person.name) === person.name;
}

async function assertRefused(answer: ReturnType<RedirectSignIn['complete']>, ...reasons: readonly string[]): Promise<void> {
  const outcome = await answer;
  assert.equal(outcome.ok, false, 'it was accepted');
  if (!outcome.ok) assert.ok(reasons.includes(outcome.refusal.reason), `refused as ${outcome.refusal.reason}, not as ${reasons.join(' or ')}`);
}

async function assertThrows(action: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(action, (error) => isGuildhallError(error) && error.code === code);
}

const cases: readonly Case[] = [
  {
    id: 'IDN-001', title: 'the browser is sent to the far end, which is told exactly where to send it back',
    async run(harness) {
      const { url, state, keep } = await begun(harness);
      const address = new URL(url);
      assert.equal(address.origin, harness.farEndOrigin);
      assert.equal(address.searchParams.get('redirect_uri') ?? harness.redirectUri, harness.redirectUri);
      assert.ok(state.length >= 16, 'the state can be guessed');
      assert.ok(!url.includes(keep), 'what must be kept is in the address');
    },
  },
  {
    id: 'IDN-002', title: 'a person who signs in is named by issuer and subject, with the email address that was verified',
    async run(harness) {
      const [person] = harness.people;
      const claims = await signedIn(harness, person);
      assert.ok(claims.issuer.length > 0 && claims.subject.length > 0);
      assert.ok(isOf(claims, person), 'it is somebody else, or has no verified address');
    },
  },
  {
    id: 'IDN-003', title: 'the same person has the same subject every time, and two people never share one',
    async run(harness) {
      const [one, two] = harness.people;
      const first = await signedIn(harness, one);
      assert.equal((await signedIn(harness, one)).subject, first.subject);
      assert.notEqual((await signedIn(harness, two)).subject, first.subject);
    },
  },
  {
    id: 'IDN-004', title: 'two sign-ins begun in two tabs are independent and end in either order',
    async run(harness) {
      const first = await begun(harness);
      const second = await begun(harness);
      assert.notEqual(first.state, second.state);
      assert.notEqual(first.keep, second.keep);
      const [one, two] = harness.people;
      const firstAnswer = await harness.signIn(first.url, one);
      const secondAnswer = await harness.signIn(second.url, two);
      const later = await harness.provider.complete(secondAnswer, second.keep);
      const earlier = await harness.provider.complete(firstAnswer, first.keep);
      assert.ok(later.ok && isOf(later.value, two));
      assert.ok(earlier.ok && isOf(earlier.value, one));
    },
  },
  {
    id: 'IDN-005', title: 'an answer with another state is refused',
    async run(harness) {
      const sent = await begun(harness);
      const answer = await harness.signIn(sent.url, harness.people[0]);
      await assertRefused(harness.provider.complete({ ...answer, state: `${sent.state}x` }, sent.keep), 'not-what-was-begun');
    },
  },
  {
    id: 'IDN-006', title: 'an answer without a state is refused',
    async run(harness) {
      const sent = await begun(harness);
      const { state: _dropped, ...answer } = await harness.signIn(sent.url, harness.people[0]);
      await assertRefused(harness.provider.complete(answer, sent.keep), 'not-what-was-begun');
    },
  },
  {
    id: 'IDN-007', title: 'the answer of one sign-in does not complete another one, even with its state written in',
    async run(harness) {
      const mine = await begun(harness);
      const theirs = await begun(harness);
      const answer = await harness.signIn(theirs.url, harness.people[1]);
      await assertRefused(harness.provider.complete(answer, mine.keep), 'not-what-was-begun');
      await assertRefused(harness.provider.complete({ ...answer, state: mine.state }, mine.keep), 'not-valid', 'used-or-expired', 'not-what-was-begun');
    },
  },
  {
    id: 'IDN-008', title: 'a code that was used is not accepted again',
    async run(harness) {
      const sent = await begun(harness);
      const answer = await harness.signIn(sent.url, harness.people[0]);
      assert.ok((await harness.provider.complete(answer, sent.keep)).ok);
      await assertRefused(harness.provider.complete(answer, sent.keep), 'used-or-expired');
    },
  },
  {
    id: 'IDN-009', title: 'an answer that names another issuer is refused: providers cannot be mixed up (RFC 9207)',
    async run(harness) {
      const sent = await begun(harness);
      const answer = await harness.signIn(sent.url, harness.people[0]);
      await assertRefused(harness.provider.complete({ ...answer, iss: 'https://somebody-else.example' }, sent.keep), 'not-what-was-begun', 'not-valid');
    },
  },
  {
    id: 'IDN-010', title: 'an answer made for another council is refused',
    async run(harness) {
      const theirs = await harness.otherCouncil.provider.begin({ redirectUri: harness.otherCouncil.redirectUri, language: 'en' });
      const mine = await begun(harness);
      const answer = await harness.signIn(theirs.url, harness.people[0]);
      await assertRefused(harness.provider.complete({ ...answer, state: mine.state }, mine.keep), 'not-valid', 'used-or-expired', 'not-what-was-begun');
      await assertRefused(harness.provider.complete(answer, theirs.keep), 'not-valid', 'used-or-expired', 'not-what-was-begun');
    },
  },
  {
    id: 'IDN-011', title: 'an invented code, or no code at all, is refused',
    async run(harness) {
      const sent = await begun(harness);
      await assertRefused(harness.provider.complete({ state: sent.state, code: 'made-up', iss: new URL(sent.url).origin }, sent.keep), 'used-or-expired', 'not-valid', 'not-what-was-begun');
      await assertRefused(harness.provider.complete({ state: sent.state }, sent.keep), 'not-valid', 'not-what-was-begun');
      await assertRefused(harness.provider.complete({}, sent.keep), 'not-what-was-begun');
    },
  },
  {
    id: 'IDN-012', title: 'what was kept cannot be altered or invented',
    async run(harness) {
      const sent = await begun(harness);
      const answer = await harness.signIn(sent.url, harness.people[0]);
      for (const keep of ['', '{}', 'null', `${sent.keep.slice(0, -3)}AAA`, '\u0000']) {
        await assertRefused(harness.provider.complete(answer, keep), 'not-what-was-begun', 'not-valid');
      }
    },
  },
  {
    id: 'IDN-013', title: 'it never leads back to another site',
    async run(harness) {
      for (const redirectUri of ['https://evil.example/return', '//evil.example', `${new URL(harness.redirectUri).origin}@evil.example/return`, 'javascript:alert(1)', `${new URL(harness.redirectUri).origin}.evil.example/return`]) {
        await assertThrows(harness.provider.begin({ redirectUri, language: 'en' }), 'invalid-input');
      }
    },
  },
  {
    id: 'IDN-014', title: 'a person who declines is not signed in', needs: 'decline',
    async run(harness) {
      assert.ok(harness.decline, 'the harness lacks decline');
      const sent = await begun(harness);
      await assertRefused(harness.provider.complete(await harness.decline(sent.url), sent.keep), 'declined');
    },
  },
  {
    id: 'IDN-015', title: 'an email address that nobody verified is never handed on', needs: 'unverified-email',
    async run(harness) {
      assert.ok(harness.unverified, 'the harness lacks unverified');
      const claims = await signedIn(harness, harness.unverified);
      assert.equal(claims.verifiedEmail, undefined);
      assert.ok(!JSON.stringify({ ...claims, signOutHint: undefined }).includes(harness.unverified.email));
    },
  },
  {
    id: 'IDN-016', title: 'less confidence than was asked for is refused, and is never reported as more', needs: 'confidence',
    async run(harness) {
      assert.ok(harness.leastKnown, 'the harness lacks leastKnown');
      const sent = await begun(harness, 'medium');
      await assertRefused(harness.provider.complete(await harness.signIn(sent.url, harness.leastKnown), sent.keep), 'not-confident-enough');
      assert.notEqual((await signedIn(harness, harness.leastKnown)).confidence, 'medium');
    },
  },
  {
    id: 'IDN-017', title: 'the far end speaks the language of the page that the person came from', needs: 'languages',
    async run(harness) {
      assert.ok(harness.languageAt, 'the harness lacks languageAt');
      for (const language of ['en', 'cy'] as const) {
        const { url } = await harness.provider.begin({ redirectUri: harness.redirectUri, language });
        assert.equal(await harness.languageAt(url), language);
      }
    },
  },
  {
    id: 'IDN-018', title: 'an answer that waited too long is refused', needs: 'time',
    async run(harness) {
      assert.ok(harness.expireAnswers, 'the harness lacks expireAnswers');
      const sent = await begun(harness);
      const answer = await harness.signIn(sent.url, harness.people[0]);
      await harness.expireAnswers();
      await assertRefused(harness.provider.complete(answer, sent.keep), 'used-or-expired');
    },
  },
  {
    id: 'IDN-019', title: 'a far end that does not answer is told apart from a refusal', needs: 'outage',
    async run(harness) {
      assert.ok(harness.stopFarEnd, 'the harness lacks stopFarEnd');
      const sent = await begun(harness);
      const answer = await harness.signIn(sent.url, harness.people[0]);
      await harness.stopFarEnd();
      await assertThrows(harness.provider.complete(answer, sent.keep), 'unavailable');
    },
  },
  {
    id: 'IDN-020', title: 'signing out goes by the far end and comes back to the council only', needs: 'sign-out',
    async run(harness) {
      const { signOutHint } = await signedIn(harness, harness.people[0]);
      assert.ok(harness.provider.signOut, 'the provider lacks signOut');
      const returnUri = `${new URL(harness.redirectUri).origin}${SIGNED_OUT_PATH}`;
      assert.ok(harness.signOut, 'the harness lacks signOut');
      const url = await harness.provider.signOut({ returnUri, hint: signOutHint });
      assert.equal(new URL(url).origin, harness.farEndOrigin);
      assert.equal((await harness.signOut(url)).split('?')[0], returnUri);
      await assertThrows(harness.provider.signOut({ returnUri: 'https://evil.example/', hint: signOutHint }), 'invalid-input');
    },
  },
  {
    id: 'IDN-021', title: 'the directory lists staff with a work address, known roles and teams that it names', needs: 'directory',
    async run(harness) {
      assert.ok(harness.provider.directory, 'the provider lacks directory');
      const { officers, teams } = await harness.provider.directory();
      assert.ok(officers.length > 0);
      const emails = new Set<string>();
      for (const officer of officers) {
        const email = normaliseEmail(officer.email);
        assert.ok(email && !emails.has(email), `${officer.email} is no address, or listed twice`);
        emails.add(email);
        assert.ok(officer.roles.length > 0 && officer.roles.every((role) => OFFICER_ROLES.includes(role)));
        assert.ok(officer.teams.every((team) => teams.some(({ teamId }) => teamId === team)), `${officer.name} is in a team that is not listed`);
      }
    },
  },
  {
    id: 'IDN-022', title: 'the name that the far end knows is handed on', needs: 'names',
    async run(harness) {
      for (const person of harness.people) assert.equal((await signedIn(harness, person)).name, person.name);
    },
  },
  {
    id: 'IDN-023', title: 'what was proved comes with the proof: name, date of birth, and the address with its UPRN as text', needs: 'proof',
    async run(harness) {
      assert.ok(harness.proved, 'the harness lacks proved');
      const { name, dateOfBirth, uprn, postcode } = harness.proved;
      const claims = await signedIn(harness, harness.proved, 'medium');
      assert.deepEqual({ confidence: claims.confidence, name: claims.name, dateOfBirth: claims.dateOfBirth, uprn: claims.address?.uprn }, { confidence: 'medium', name, dateOfBirth, uprn });
      assert.equal(claims.address?.lines.at(-1), postcode);
      assert.ok((claims.address?.lines.length ?? 0) <= 7);
    },
  },
  {
    id: 'IDN-024', title: 'nothing is proved that was not asked for', needs: 'proof',
    async run(harness) {
      assert.ok(harness.proved, 'the harness lacks proved');
      const claims = await signedIn(harness, harness.proved);
      assert.deepEqual({ confidence: claims.confidence, address: claims.address, dateOfBirth: claims.dateOfBirth }, { confidence: 'none', address: undefined, dateOfBirth: undefined });
    },
  },
  {
    id: 'IDN-025', title: 'a proof that fails is told apart from a sign-in that fails', needs: 'proof',
    async run(harness) {
      assert.ok(harness.notProvable, 'the harness lacks notProvable');
      const sent = await begun(harness, 'medium');
      await assertRefused(harness.provider.complete(await harness.signIn(sent.url, harness.notProvable), sent.keep), 'not-proven');
    },
  },
  {
    id: 'IDN-026', title: 'every error that the far end may answer with is a refusal that says whose turn it is', needs: 'errors',
    async run(harness) {
      assert.ok(harness.failWith, 'the harness lacks failWith');
      const expected = { access_denied: 'declined', login_required: 'declined', temporarily_unavailable: 'not-available', server_error: 'not-available', unauthorized_client: 'switched-off', invalid_request: 'not-valid', invalid_scope: 'not-valid', made_up_error: 'not-valid' };
      for (const [error, reason] of Object.entries(expected)) {
        const sent = await begun(harness);
        await assertRefused(harness.provider.complete(await harness.failWith(sent.url, error), sent.keep), reason);
      }
    },
  },
  {
    id: 'IDN-027', title: 'an error with another state is refused as an answer to nothing', needs: 'errors',
    async run(harness) {
      assert.ok(harness.failWith, 'the harness lacks failWith');
      const sent = await begun(harness);
      await assertRefused(harness.provider.complete({ ...(await harness.failWith(sent.url, 'access_denied')), state: 'somebody-else-s' }, sent.keep), 'not-what-was-begun');
    },
  },
  {
    id: 'IDN-028', title: 'a notice that somebody signed out at the far end names them as the sign-in did, and itself', needs: 'back-channel-logout',
    async run(harness) {
      assert.ok(harness.logoutNotice && harness.provider.signedOutElsewhere, 'logoutNotice or signedOutElsewhere is lacking');
      const { issuer, subject } = await signedIn(harness, harness.people[0]);
      const [one, two] = [await harness.logoutNotice(subject), await harness.logoutNotice(subject)];
      const first = await harness.provider.signedOutElsewhere(one);
      const second = await harness.provider.signedOutElsewhere(two);
      assert.ok(first.ok && second.ok, 'it was refused');
      assert.deepEqual({ issuer: first.value.issuer, subject: first.value.subject }, { issuer, subject });
      assert.notEqual(first.value.noticeId, second.value.noticeId);
      assert.ok(first.value.goodForInSeconds > 0);
      const again = await harness.provider.signedOutElsewhere(one);
      assert.ok(again.ok && again.value.noticeId === first.value.noticeId, 'the same notice has another id');
    },
  },
  {
    id: 'IDN-029', title: 'a notice that is not the far end’s own, or not for this council, signs nobody out', needs: 'back-channel-logout',
    async run(harness) {
      assert.ok(harness.logoutNotice && harness.provider.signedOutElsewhere && harness.otherCouncil.provider.signedOutElsewhere, 'logoutNotice or signedOutElsewhere is lacking');
      const { subject, signOutHint } = await signedIn(harness, harness.people[0]);
      const notice = await harness.logoutNotice(subject);
      const sentences = [harness.otherCouncil.provider.signedOutElsewhere(notice)];
      for (const body of ['', 'logout_token=', 'logout_token=a.b.c', `logout_token=${signOutHint ?? ''}`, `${notice.slice(0, -6)}AAAAAA`, `${notice}&${notice}`, '{"logout_token":1}', 'x'.repeat(200_000), '\u0000']) sentences.push(harness.provider.signedOutElsewhere(body));
      for (const outcome of await Promise.all(sentences)) assert.equal(outcome.ok, false, 'it was believed');
    },
  },
  {
    id: 'IDN-030', title: 'the keys that are published are public ones, each with a name', needs: 'public-keys',
    async run(harness) {
      assert.ok(harness.provider.publicKeys, 'the provider lacks publicKeys');
      const { keys } = await harness.provider.publicKeys();
      assert.ok(keys.length > 0);
      assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length);
      for (const key of keys) assert.ok(key.kid && !['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].some((part) => part in key), 'a private part is published');
    },
  },
  {
    id: 'IDN-031', title: 'what is handed on for signing out shows no token', needs: 'sealed-hint',
    async run(harness) {
      const { signOutHint = '' } = await signedIn(harness, harness.people[0]);
      assert.ok(!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(signOutHint), 'it is a token as it came');
    },
  },
  {
    id: 'IDN-032', title: 'somebody for whom the far end still vouches is the same person when it is asked again, as often as one likes', needs: 'recheck',
    async run(harness) {
      assert.ok(harness.provider.recheck, 'the provider lacks recheck');
      const first = await signedIn(harness, harness.people[0]);
      let kept = first.recheck;
      for (let times = 0; times < 3; times++) {
        assert.ok(kept, 'nothing was handed on to ask again with');
        const again: Awaited<ReturnType<NonNullable<RedirectSignIn['recheck']>>> = await harness.provider.recheck(kept);
        assert.ok(again.ok, again.ok ? '' : again.refusal.message);
        assert.deepEqual({ issuer: again.value.issuer, subject: again.value.subject, staff: again.value.staff }, { issuer: first.issuer, subject: first.subject, staff: first.staff });
        kept = again.value.recheck;
      }
    },
  },
  {
    id: 'IDN-033', title: 'somebody whose account was closed at the far end is no longer vouched for', needs: 'recheck',
    async run(harness) {
      assert.ok(harness.provider.recheck && harness.deactivate, 'recheck or deactivate is lacking');
      const [one, two] = harness.people;
      const [closed, open] = [await signedIn(harness, one), await signedIn(harness, two)];
      await harness.deactivate(one);
      const outcome = await harness.provider.recheck(closed.recheck ?? '');
      assert.ok(!outcome.ok && outcome.refusal.reason === 'no-longer-vouched', 'they are vouched for');
      assert.ok((await harness.provider.recheck(open.recheck ?? '')).ok, 'somebody else is out too');
    },
  },
  {
    id: 'IDN-034', title: 'what was kept to ask again with shows no token, and cannot be altered or invented', needs: 'recheck',
    async run(harness) {
      assert.ok(harness.provider.recheck, 'the provider lacks recheck');
      const { recheck = '', signOutHint = '' } = await signedIn(harness, harness.people[0]);
      assert.ok(recheck && !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(recheck), 'it is a token as it came, or nothing');
      for (const kept of ['', '{}', '\u0000', signOutHint, `${recheck.slice(0, -3)}AAA`]) {
        const outcome = await harness.provider.recheck(kept);
        assert.equal(outcome.ok, false, 'it was believed');
      }
    },
  },
  {
    id: 'IDN-035', title: 'a far end that cannot be asked again closes nobody’s session', needs: 'recheck',
    async run(harness) {
      assert.ok(harness.provider.recheck && harness.stopFarEnd, 'recheck or stopFarEnd is lacking');
      const { recheck = '' } = await signedIn(harness, harness.people[0]);
      await harness.stopFarEnd();
      await assertThrows(harness.provider.recheck(recheck), 'unavailable');
    },
  },
];

/** The rules of a provider that redirects. @public */
export const redirectSignInKit: ConformanceKit<RedirectSignInHarness> = defineKit({ id: 'redirect-sign-in', contract: 'identity', version: '0.1.0', cases });
