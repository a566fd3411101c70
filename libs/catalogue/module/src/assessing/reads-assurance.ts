import { NCSC_CLOUD_PRINCIPLES, principleTitle, readAssessment, type Assessment, type Finding } from '@guildhall/assurance-contract';
import type { Publisher } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { ukDay, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { listPart, type ListPart } from '../browsing/list-part';

/** What somebody whose signature was proved found of something. */
export interface FoundBy {
  readonly by: { readonly id: string; readonly name: Text; readonly kind: Publisher['kind'] };
  /** Addresses of deployments, or names of packages with their version. */
  readonly of: readonly string[];
  readonly result: Finding['result'];
  readonly assessedOn: string;
  readonly validUntil: string;
  readonly isOver: boolean;
  readonly counterClaims: readonly string[];
}
/** A principle with all that was found of it, the newest first. */
export interface PrincipleFound { readonly standard: string; readonly principle: string; readonly title: Text; readonly found: readonly FoundBy[] }
/** Each with some ten findings. */
const A_PAGE = 100;
/** What an assessment is called in an address. */
export const ASSESSMENT_DIGEST = /^[0-9a-f]{64}$/;

/** What assessors found, by principle. */
@Injectable()
export class ReadsAssurance {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Of a page of assessments, the newest first: those after one of them, where one is told. */
  async byPrinciple(ctx: RequestContext, after?: string): Promise<ListPart<PrincipleFound>> {
    const next = after === undefined ? '' : 'and (-(a.assessed_on - date \'epoch\'), a.digest) > (select -(l.assessed_on - date \'epoch\'), l.digest from catalogue.assessment l where l.council_id = $1 and l.digest = $3)';
    const found = await this.db.query<{ digest: string; envelope: Envelope; state: Publisher }>(ctx, `
      select a.digest, s.envelope, p.state from catalogue.assessment a join catalogue.signed s on s.council_id = a.council_id and s.digest = a.digest join catalogue.publisher p on p.council_id = a.council_id and p.publisher_id = a.assessor_id
      where a.council_id = $1 and s.envelope is not null ${next} order by a.assessed_on desc, a.digest limit $2`, [ctx.council.id, A_PAGE + 1, ...(after === undefined ? [] : [after])]);
    const rows = listPart(found, A_PAGE, ({ digest }) => digest);
    const today = ukDay(this.clock.now());
    const principles = new Map<string, PrincipleFound & { readonly found: FoundBy[] }>();
    for (const { envelope, state } of rows.items) {
      const read = readAssessment(envelope);
      if (!read.ok) continue;
      const { predicate, subject } = read.value;
      for (const { principle, result } of predicate.findings) {
        const key = `${predicate.standard} ${principle}`;
        const one = principles.get(key) ?? { standard: predicate.standard, principle, title: principleTitle(predicate.standard, principle), found: [] };
        principles.set(key, one);
        one.found.push({ by: { id: state.id, name: state.name, kind: state.kind }, of: subject.map(({ name }) => shownName(name)), result, assessedOn: predicate.assessedOn, validUntil: predicate.validUntil, isOver: predicate.validUntil < today, counterClaims: against(predicate, principle) });
      }
    }
    return { items: [...principles.values()].sort((one, other) => rank(one) - rank(other) || one.standard.localeCompare(other.standard) || Number(one.principle) - Number(other.principle)), next: rows.next };
  }
}

function rank({ standard }: PrincipleFound): number { return standard === NCSC_CLOUD_PRINCIPLES ? 0 : 1; }
function against({ counterClaims = [] }: Assessment, principle: string): readonly string[] { return counterClaims.filter((claim) => claim.principle === principle).map(({ text }) => text); }
/** A package by its name and version: `pkg:npm/%40westmarch/parking@1.1.0` is `@westmarch/parking 1.1.0`. */
function shownName(name: string): string {
  const [, own, version] = /^pkg:npm\/(.+)@([^@/]+)$/.exec(name) ?? [];
  return own === undefined || version === undefined ? name : `${own.replace('%40', '@')} ${version}`;
}
