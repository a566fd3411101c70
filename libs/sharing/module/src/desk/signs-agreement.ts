import { CLOCK, demand, done, isGuildhallError, refused, type Clock, type Language, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_AGREEMENTS, agreementName, agreementSentence, canonicalize, diffAgreements, documentDigest, openAgreement, partiesOf, readAgreement, readEnvelope, signAgreement, type Agreement, type Body, type Envelope, type Vocabulary } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { OwnNode } from '../node/own-node';
import { Bodies } from './bodies';
import { ChecksDraft } from './check-draft';
import { Drafts, type Draft } from './drafts';

/** Where an agreement is now: still a draft, or in force for those who have all signed it. */
export type Where = { readonly draft: string } | { readonly agreement: string; readonly wasThere: boolean };
/**
 * `malformed`: it is no agreement; `not-a-party`; `unknown-body`: a party is not known here; `unsigned`: no signature is by a known key; `unsound`: it lacks what an agreement must have;
 * `objection`: this body's own rules are against it; `other-text`: what came back is not what was signed here; `taken`: this version, or a later one, is there.
 */
export type SigningRefusal = Refusal<'malformed' | 'not-a-party' | 'unknown-body' | 'unsigned' | 'unsound' | 'objection' | 'other-text' | 'taken' | 'changed-meanwhile'>;

/** Signs agreements for this body, and takes them in from others: with the last signature they are in force. @internal */
@Injectable()
export class SignsAgreement {
  constructor(private readonly drafts: Drafts, private readonly bodies: Bodies, private readonly agreements: Agreements, private readonly checks: ChecksDraft, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** With this body's newest key. What its law or its own rules have against it is refused before. On record. */
  async sign(ctx: RequestContext, draft: Draft): Promise<Outcome<Where, SigningRefusal>> {
    demand(ctx, MANAGE_AGREEMENTS);
    const checked = await this.checks.check(ctx, draft.document);
    if (!checked.ok) return refused('malformed', checked.refusal.message);
    const { agreement, findings, isSound, rules } = checked.value;
    const refusal = await this.#refusalOf(ctx, agreement);
    if (refusal) return { ok: false, refusal };
    if (!isSound) return refused('unsound', findings.filter(({ holds }) => !holds).map(({ text }) => text[ctx.language]).join(' '));
    const against = rules.filter(({ isOwn }) => isOwn).flatMap(({ objections }) => objections);
    if (against.length > 0) return refused('objection', against.map(({ text }) => text[ctx.language]).join(' '));
    const envelope = signAgreement(agreement, this.node.signer(ctx), draft.envelope);
    if (!(await this.drafts.putSignatures(ctx, draft, { agreement, envelope, isSignedHere: true }))) return refused('changed-meanwhile', 'Somebody else has changed this draft meanwhile. Look at it again before you sign.');
    await this.drafts.noteSignatures(ctx, agreement, [this.node.id(ctx)]);
    return (await this.#keepWhenAllHave(ctx, agreement, envelope)) ?? done({ draft: draft.id });
  }

  /** Takes in what another body handed over, or a file: an agreement without signatures becomes a draft; one with some waits for the others; one with all is in force. */
  async takeIn(ctx: RequestContext, json: unknown): Promise<Outcome<Where, SigningRefusal>> {
    demand(ctx, MANAGE_AGREEMENTS);
    return typeof json === 'object' && json !== null && 'payloadType' in json ? this.#takeInSigned(ctx, json) : this.#takeInText(ctx, json);
  }

  async #takeInText(ctx: RequestContext, json: unknown): Promise<Outcome<Where, SigningRefusal>> {
    // The sentence is made from the fields: what a file says instead does not count.
    const read = readAgreement(typeof json === 'object' && json !== null ? { ...json, sentence: { en: '-', cy: '-' } } : json);
    if (!read.ok) return refused('malformed', read.refusal.message);
    const refusal = await this.#refusalOf(ctx, read.value);
    if (refusal) return { ok: false, refusal };
    return done({ draft: await this.drafts.begin(ctx, { ...read.value, sentence: agreementSentence(read.value, await this.#vocabularyOf(ctx, read.value)) }) });
  }

  async #takeInSigned(ctx: RequestContext, json: unknown): Promise<Outcome<Where, SigningRefusal>> {
    const read = readEnvelope(json);
    if (!read.ok) return refused('malformed', read.refusal.message);
    // Opened first to know whose keys are needed.
    const closed = openAgreement(read.value, [], this.clock.now());
    const written = closed.ok ? done(closed.value.agreement) : closed;
    if (!written.ok) return refused('malformed', written.refusal.message);
    const agreement = written.value;
    const own = this.node.id(ctx);
    const opened = openAgreement(read.value, await this.#bodiesOf(ctx, agreement), this.clock.now());
    if (!opened.ok) return refused('malformed', opened.refusal.message);
    const { signedBy } = opened.value;
    const kept = await this.agreements.version(ctx, agreement.id);
    if (kept && documentDigest(kept.document) === documentDigest(agreement) && opened.value.missing.length === 0) return done({ agreement: agreement.id, wasThere: true });
    const refusal = await this.#refusalOf(ctx, agreement);
    if (refusal) return { ok: false, refusal };
    if (signedBy.length === 0) return refused('unsigned', `Nobody whose key is known here has signed ${agreementName(agreement)}. Its text may have been changed, or a body has new keys: compare them and pin it again.`);
    const known = await this.drafts.ofVersion(ctx, agreement);
    const same = known.find(({ document }) => documentDigest(document) === documentDigest(agreement));
    const signed = known.find((draft) => draft.isSignedHere && draft !== same);
    if (signed && !same?.isSignedHere) return refused('other-text', `This is not the text that you signed. ${differencesFrom(signed, agreement, await this.#vocabularyOf(ctx, agreement), ctx.language)}`);
    if (read.value.payload !== Buffer.from(canonicalize(agreement)).toString('base64')) return refused('malformed', 'What was signed is not written in its canonical form (RFC 8785), so nobody else can sign the same.');
    const signatures = [...read.value.signatures, ...(same?.envelope?.signatures ?? []).filter(({ sig }) => !read.value.signatures.some((one) => one.sig === sig))];
    const envelope: Envelope = { ...read.value, signatures };
    await this.drafts.noteSignatures(ctx, agreement, signedBy);
    return (await this.#keepWhenAllHave(ctx, agreement, envelope)) ?? this.#waitForOthers(ctx, { agreement, envelope, isSignedHere: same?.isSignedHere ?? signedBy.includes(own) }, same);
  }

  async #waitForOthers(ctx: RequestContext, signed: { readonly agreement: Agreement; readonly envelope: Envelope; readonly isSignedHere: boolean }, draft: Draft | undefined): Promise<Outcome<Where, SigningRefusal>> {
    if (!draft) return done({ draft: await this.drafts.begin(ctx, signed.agreement, signed) });
    if (!(await this.drafts.putSignatures(ctx, draft, signed))) return refused('changed-meanwhile', 'Somebody else has changed this draft meanwhile. Bring the file in again.');
    return done({ draft: draft.id });
  }

  /** Nothing, while a signature is missing. */
  async #keepWhenAllHave(ctx: RequestContext, agreement: Agreement, envelope: Envelope): Promise<Outcome<Where, SigningRefusal> | undefined> {
    const bodies = await this.#bodiesOf(ctx, agreement);
    const opened = openAgreement(envelope, bodies, this.clock.now());
    if (!opened.ok || opened.value.missing.length > 0) return undefined;
    try {
      const kept = await this.agreements.keep(ctx, envelope, bodies.filter(({ id }) => id !== this.node.id(ctx)));
      if (!kept.ok) return refused(kept.refusal.reason === 'unsound' ? 'unsound' : 'malformed', kept.refusal.message);
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'conflict') throw error;
      return refused('taken', error.message);
    }
    await this.drafts.letGo(ctx, agreement);
    return done({ agreement: agreement.id, wasThere: false });
  }

  /** What stands in the way, whatever it says: who it is between, and what is here already. */
  async #refusalOf(ctx: RequestContext, agreement: Agreement): Promise<SigningRefusal | undefined> {
    const own = this.node.id(ctx);
    const parties = partiesOf(agreement);
    if (!parties.includes(own)) return { reason: 'not-a-party', message: `${own} is no party to ${agreementName(agreement)}.` };
    const known = await this.bodies.named(ctx, parties);
    const unknown = parties.filter((id) => id !== own && !known.some(({ body }) => body.id === id));
    if (unknown.length > 0) return { reason: 'unknown-body', message: `${unknown.join(', ')} ${unknown.length === 1 ? 'is' : 'are'} not known here. Add the body first.` };
    const kept = await this.agreements.version(ctx, agreement.id);
    if (kept && kept.document.version >= agreement.version) return { reason: 'taken', message: `${agreementName(kept.document)} is here already. A changed agreement has a new version.` };
    return undefined;
  }

  async #vocabularyOf(ctx: RequestContext, agreement: Agreement): Promise<Vocabulary> { return this.agreements.vocabulary(ctx, (await this.bodies.named(ctx, partiesOf(agreement))).map(({ body }) => body)); }

  async #bodiesOf(ctx: RequestContext, agreement: Agreement): Promise<readonly Body[]> {
    return [this.node.body(ctx), ...(await this.bodies.named(ctx, partiesOf(agreement))).map(({ body }) => body)];
  }
}

function differencesFrom({ document }: Draft, agreement: Agreement, vocabulary: Vocabulary, language: Language): string {
  const read = readAgreement(document);
  return read.ok ? diffAgreements(read.value, agreement, vocabulary).map(({ text }) => text[language]).join(' ') : '';
}
