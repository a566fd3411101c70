import { defineContract } from '@guildhall/kernel-contract';
import type { Language, RequestContext, Text } from '@guildhall/kernel-contract';
import type { Audience, ServiceCategory } from './service';

/** A service as lists, searches and other systems see it. @public */
export interface ServiceView {
  readonly slug: string;
  readonly version: string;
  readonly title: Text;
  readonly summary: Text;
  readonly category: ServiceCategory;
  readonly keywords: Readonly<Record<Language, readonly string[]>>;
  readonly signIn: Audience['signIn'];
  readonly minutes: number;
  readonly cost?: Text;
  /** `/services/garden-waste` */
  readonly path: string;
}

/** What a council offers. Anybody may ask. @public */
export interface ServicesApi {
  /** Every service, by its title in the language of the context. */
  list(ctx: RequestContext): Promise<readonly ServiceView[]>;
  /** One service, or undefined when the council does not offer it. */
  find(ctx: RequestContext, slug: string): Promise<ServiceView | undefined>;
  /** The services that fit some words best, in either language, spelling mistakes forgiven; at most `limit` (20 unless told). */
  search(ctx: RequestContext, words: string, limit?: number): Promise<readonly ServiceView[]>;
  /** Those that were used most in the last 90 days, then the others by title; at most `limit` (6 unless told). */
  mostUsed(ctx: RequestContext, limit?: number): Promise<readonly ServiceView[]>;
}

class ServicesDispatcher implements ServicesApi {
  constructor(private readonly pick: (ctx: RequestContext) => ServicesApi) {}
  list(ctx: RequestContext) { return this.pick(ctx).list(ctx); }
  find(ctx: RequestContext, slug: string) { return this.pick(ctx).find(ctx, slug); }
  search(ctx: RequestContext, words: string, limit?: number) { return this.pick(ctx).search(ctx, words, limit); }
  mostUsed(ctx: RequestContext, limit?: number) { return this.pick(ctx).mostUsed(ctx, limit); }
}

/** The services of a council: `@Inject(SERVICES.token) services: ServicesApi`. @public */
export const SERVICES = defineContract<ServicesApi>({ id: 'services', version: '0.1.0', dispatch: (pick) => new ServicesDispatcher(pick) });
