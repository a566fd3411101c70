import { CLOCK, done, type Clock, type Outcome, type RequestContext } from '@guildhall/kernel-contract';
import { agreementSentence, checkAgreement, documentDigest, objections, readAgreement, ukDay, unsettled, type Agreement, type Finding, type Guideline, type Malformed, type Objection, type Vocabulary } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { askedHere } from '../knowing/asked-here';
import { OwnNode } from '../node/own-node';
import { Bodies } from './bodies';
import type { Drafted } from './drafts';

/** What a body's rules have against it; without rules of its own here nobody can say. */
export interface RulesOf { readonly body: string; readonly isOwn: boolean; /** Its own, and those of others that it keeps to. */ readonly guidelines: readonly Guideline[]; readonly objections: readonly Objection[]; /** What nobody can say here. */ readonly unsettled: readonly Objection[] }
/** An agreement held against what the law asks and what its parties hold to be right. */
export interface Checked { readonly agreement: Agreement; readonly findings: readonly Finding[]; readonly isSound: boolean; readonly rules: readonly RulesOf[]; readonly vocabulary: Vocabulary }

/** Holds a draft against everything that is asked of an agreement. */
@Injectable()
export class ChecksDraft {
  constructor(private readonly bodies: Bodies, private readonly agreements: Agreements, private readonly node: OwnNode, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Refused with what is still missing. */
  async check(ctx: RequestContext, document: Drafted): Promise<Outcome<Checked, Malformed>> {
    const known = await this.bodies.named(ctx, [...(document.holders ?? []), ...(document.receivers ?? [])]);
    const vocabulary = this.agreements.vocabulary(ctx, known.map(({ body }) => body));
    const read = readAgreement(document);
    if (!read.ok) return read;
    const agreement = read.value;
    const findings = checkAgreement(agreement, vocabulary, ukDay(this.clock.now()));
    const own = this.node.options(ctx);
    const all = [{ body: own.body, isOwn: true, guidelines: this.node.guidelines(ctx) }, ...known.map(({ body, guidelines }) => ({ body: body.id, isOwn: false, guidelines: guidelines.map(({ guideline }) => guideline) }))];
    const asked = { vocabulary: { ...vocabulary, bodies: { ...this.node.issuers(ctx), ...vocabulary.bodies } }, used: askedHere(ctx, agreement, own) };
    const rules = all.map(({ guidelines, ...whose }): RulesOf => ({ ...whose, guidelines, objections: objections(agreement, guidelines, asked), unsettled: unsettled(guidelines, asked) }));
    return done({ agreement, findings, isSound: findings.every(({ holds }) => holds), rules, vocabulary });
  }

  /** The draft with what is made and not written: its sentence, and the guidelines against which it is held here. */
  async completed(ctx: RequestContext, document: Drafted): Promise<Drafted> {
    const { holders = [], receivers = [], attributes = [], purpose } = document;
    const known = await this.bodies.named(ctx, [...holders, ...receivers]);
    const vocabulary = this.agreements.vocabulary(ctx, known.map(({ body }) => body));
    const all = [...this.node.guidelines(ctx), ...known.flatMap((one) => one.guidelines.map(({ guideline }) => guideline))].map((guideline) => ({ by: guideline.by, digest: documentDigest(guideline) }));
    // Of a region's that both sides keep to there is one.
    const guidelines = all.filter(({ digest }, at) => all.findIndex((one) => one.digest === digest) === at);
    const isSaid = holders.length > 0 && receivers.length > 0 && attributes.length > 0 && purpose !== undefined;
    return { ...document, guidelines, ...(isSaid && { sentence: agreementSentence({ holders, receivers, attributes, purpose }, vocabulary) }) };
  }
}
