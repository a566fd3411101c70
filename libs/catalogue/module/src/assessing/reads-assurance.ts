import { NCSC_CLOUD_PRINCIPLES, principleTitle, readAssessment, readCounterClaim, type Assessment, type Finding } from '@guildhall/assurance-contract';
import type { Publisher } from '@guildhall/catalogue-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, NotFound, type Clock, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { ukDay, type Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { listPart, type ListPart } from '../browsing/list-part';

/** Something that is said against what was found. */
export interface Against { readonly text: string; readonly by?: Text }

/** What somebody whose signature was proved found of something. */
export interface FoundBy {
  /** Of the assessment in which it stands. */
  readonly digest: string;
  readonly by: { readonly id: string; readonly name: Text; readonly kind: Publisher['kind'] };
  /** Addresses of deployments, or names of packages with their version. */
  readonly of: readonly string[];
  readonly result: Finding['result'];
  readonly assessedOn: string;
  readonly validUntil: string;
  readonly isOver: boolean;
  /** As the assessor tells them, or signed by whoever was assessed. */
  readonly counterClaims: readonly Against[];
}
/** A principle with all that was found of it, the newest first. */
export interface PrincipleFound { readonly standard: string; readonly principle: string; readonly title: Text; readonly found: readonly FoundBy[] }
/** Each with some ten findings. */
const A_PAGE = 100;
/** What an assessment is called in an address. */
export const ASSESSMENT_DIGEST = /^sha256:[\w-]{43}$/;

/** What assessors found, by principle. */
@Injectable()
export class ReadsAssurance {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** An assessment as it was signed. @throws NotFound */
  async signed(ctx: RequestContext, digest: string): Promise<Envelope> {
    const [found] = ASSESSMENT_DIGEST.test(digest) ? await this.db.query<{ envelope: Envelope }>(ctx, 'select s.envelope from catalogue.assessment a join catalogue.signed s on s.council_id = a.council_id and s.digest = a.digest where a.council_id = $1 and a.digest = $2 and a.removed_because is null', [ctx.council.id, digest]) : [];
    if (!found) throw new NotFound('There is no such assessment here.');
    return found.envelope;
  }

  /** Of a page of assessments, the newest first: those after one of them, where one is told. */
  async byPrinciple(ctx: RequestContext, after?: string): Promise<ListPart<PrincipleFound>> {
    const next = after === undefined ? '' : 'and (-(a.assessed_on - date \'epoch\'), a.digest) > (select -(l.assessed_on - date \'epoch\'), l.digest from catalogue.assessment l where l.council_id = $1 and l.digest = $3)';
    const found = await this.db.query<{ digest: string; envelope: Envelope; state: Publisher }>(ctx, `
      select a.digest, s.envelope, p.state from catalogue.assessment a join catalogue.signed s on s.council_id = a.council_id and s.digest = a.digest join catalogue.publisher p on p.council_id = a.council_id and p.publisher_id = a.assessor_id
      where a.council_id = $1 and a.removed_because is null ${next} order by a.assessed_on desc, a.digest limit $2`, [ctx.council.id, A_PAGE + 1, ...(after === undefined ? [] : [after])]);
    const rows = listPart(found, A_PAGE, ({ digest }) => digest);
    const against = await this.#against(ctx, rows.items.map(({ digest }) => digest));
    const today = ukDay(this.clock.now());
    const principles = new Map<string, PrincipleFound & { readonly found: FoundBy[] }>();
    for (const { digest, envelope, state } of rows.items) {
      const read = readAssessment(envelope);
      if (!read.ok) continue;
      const { predicate, subject } = read.value;
      for (const { principle, result } of predicate.findings) {
        const key = `${predicate.standard} ${principle}`;
        const one = principles.get(key) ?? { standard: predicate.standard, principle, title: principleTitle(predicate.standard, principle), found: [] };
        principles.set(key, one);
        one.found.push({ digest, by: { id: state.id, name: state.name, kind: state.kind }, of: subject.map(({ name }) => shownName(name)), result, assessedOn: predicate.assessedOn, validUntil: predicate.validUntil, isOver: predicate.validUntil < today, counterClaims: [...inAssessment(predicate, principle), ...against.filter((one) => one.assessment === digest && one.principle === principle).map(({ text, by }) => ({ text, by }))] });
      }
    }
    return { items: [...principles.values()].sort((one, other) => rank(one) - rank(other) || one.standard.localeCompare(other.standard) || Number(one.principle) - Number(other.principle)), next: rows.next };
  }

  /** What whoever was assessed has signed against these, as it was verified when it was taken. */
  async #against(ctx: RequestContext, digests: readonly string[]): Promise<readonly (Required<Against> & { readonly assessment: string; readonly principle: string })[]> {
    const rows = await this.db.query<{ envelope: Envelope; state: Publisher }>(ctx, `
      select s.envelope, p.state from catalogue.counter_claim c join catalogue.signed s on s.council_id = c.council_id and s.digest = c.digest join catalogue.publisher p on p.council_id = c.council_id and p.publisher_id = c.publisher_id
      where c.council_id = $1 and c.assessment = any($2) order by c.at desc, c.digest limit 500`, [ctx.council.id, digests]);
    return rows.flatMap(({ envelope, state }) => {
      const read = readCounterClaim(envelope);
      return read.ok ? read.value.claims.map(({ principle, text }) => ({ assessment: read.value.assessment, principle, text, by: state.name })) : [];
    });
  }
}

function rank({ standard }: PrincipleFound): number { return standard === NCSC_CLOUD_PRINCIPLES ? 0 : 1; }
function inAssessment({ counterClaims = [] }: Assessment, principle: string): readonly Against[] { return counterClaims.filter((claim) => claim.principle === principle).map(({ text }) => ({ text })); }
/** A package by its name and version: `pkg:npm/%40westmarch/parking@1.1.0` is `@westmarch/parking 1.1.0`. */
export function shownName(name: string): string {
  const [, own, version] = /^pkg:npm\/(.+)@([^@/]+)$/.exec(name) ?? [];
  return own === undefined || version === undefined ? name : `${own.replace('%40', '@')} ${version}`;
}
