import { CATALOGUE, MOST_FEED_ITEMS, type CatalogueApi, type FeedPage, type Maturity, type PackageKind, type PackageListing, type PackagePage, type ReleaseListing, type Submission } from '@guildhall/catalogue-contract';
import { Ctx, Public, Webhook, dto, json, written, type JsonResult, type WrittenResult } from '@guildhall/kernel';
import { InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { IsObject, IsString, MaxLength } from 'class-validator';
import { OwnFeed } from '../logging/own-feed';
import { MOST_COMPONENTS_CHARACTERS } from '../taking/limits';

/** A release that is in its registry already, with its bill of materials (CycloneDX, JSON), byte by byte. */
export class SubmittedRelease {
  @IsObject() release!: Envelope;
  @IsString() @MaxLength(MOST_COMPONENTS_CHARACTERS) components!: string;
}
/** What somebody signed (DSSE). */
export class SubmittedEnvelope {
  @IsObject() envelope!: Envelope;
}

/** A statement and its signatures are short; a bill of materials is not. */
const SIGNED_IN_BYTES = 256 * 1024;
const RELEASE_IN_BYTES = 8 * 1024 * 1024;
/** From one address: a regional body that publishes all that it has. A flood ends where too much of one publisher's waits. */
const HANDED_IN_A_MINUTE = 6000;
/** From one address: who somebody is changes seldom, and a person looks at each who is new. */
const PUBLISHERS_A_MINUTE = 10;

/** The catalogue over HTTP: errors as RFC 9457, refusals as `{ ok: false, refusal }` with 422. Anybody may read; what is handed in is let in by its signature. */
@Controller('api/catalogue/v1')
export class CatalogueApiController {
  constructor(@Inject(CATALOGUE.token) private readonly catalogue: CatalogueApi, private readonly own: OwnFeed) {}

  /** Finds packages. */
  @Get('packages') @Public()
  search(
    @Ctx() ctx: RequestContext, @Query('words') words?: string, @Query('kind') kind?: string, @Query('contract') contract?: string, @Query('language') language?: string, @Query('publisher') publisher?: string,
    @Query('maturity') maturity?: string, @Query('limit') limit?: string, @Query('after') after?: string,
  ): Promise<PackagePage> {
    const told = Object.fromEntries(Object.entries({ words, kind: kind as PackageKind, contract, language, publisher, maturity: maturity as Maturity, after }).filter(([, value]) => value !== undefined));
    for (const [field, value] of Object.entries(told)) if (typeof value !== 'string') throw new InvalidInput(`${field} is told once.`, [{ field, message: 'is told once' }]);
    return this.catalogue.search(ctx, { ...told, ...(limit !== undefined && { limit: wholeNumber('limit', limit) }) });
  }

  /** A package with everything that was published of it. */
  @Get('packages/:scope/:name') @Public()
  listing(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string): Promise<PackageListing> { return this.catalogue.listing(ctx, `${scope}/${name}`); }

  /** A release, with all that was signed of it. */
  @Get('packages/:scope/:name/releases/:version') @Public()
  release(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string, @Param('version') version: string): Promise<ReleaseListing> { return this.catalogue.release(ctx, `${scope}/${name}`, version); }

  /** The bill of materials of a release (CycloneDX, JSON). */
  @Get('packages/:scope/:name/releases/:version/components') @Public()
  async components(@Ctx() ctx: RequestContext, @Param('scope') scope: string, @Param('name') name: string, @Param('version') version: string): Promise<WrittenResult> {
    return written(await this.catalogue.components(ctx, `${scope}/${name}`, version), { headers: { 'content-type': 'application/vnd.cyclonedx+json; charset=utf-8', 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' } });
  }

  /** Each state that a publisher signed. */
  @Get('publishers/:publisher') @Public()
  publisher(@Ctx() ctx: RequestContext, @Param('publisher') publisher: string): Promise<readonly Envelope[]> { return this.catalogue.publisher(ctx, publisher); }

  /** Hands in a release. */
  @Post('releases') @Webhook({ keepsRawBody: false, callsAMinute: HANDED_IN_A_MINUTE, bodyInBytes: RELEASE_IN_BYTES })
  async submitRelease(@Ctx() ctx: RequestContext, @Body(dto(SubmittedRelease)) { release, components }: SubmittedRelease): Promise<JsonResult> { return json(await this.catalogue.submitRelease(ctx, { release, components }), 202); }

  /** Hands in a publisher's first or newer state of itself. */
  @Post('publishers') @Webhook({ keepsRawBody: false, callsAMinute: PUBLISHERS_A_MINUTE, bodyInBytes: SIGNED_IN_BYTES })
  async submitPublisher(@Ctx() ctx: RequestContext, @Body(dto(SubmittedEnvelope)) { envelope }: SubmittedEnvelope): Promise<JsonResult> { return json(await this.catalogue.submitPublisher(ctx, envelope), 202); }

  /** Hands in a notice of a publisher's about its releases. */
  @Post('notices') @Webhook({ keepsRawBody: false, callsAMinute: HANDED_IN_A_MINUTE, bodyInBytes: SIGNED_IN_BYTES })
  async submitNotice(@Ctx() ctx: RequestContext, @Body(dto(SubmittedEnvelope)) { envelope }: SubmittedEnvelope): Promise<JsonResult> { return json(await this.catalogue.submitNotice(ctx, envelope), 202); }

  /** Hands in what an assessor found. */
  @Post('assessments') @Webhook({ keepsRawBody: false, callsAMinute: HANDED_IN_A_MINUTE, bodyInBytes: SIGNED_IN_BYTES })
  async submitAssessment(@Ctx() ctx: RequestContext, @Body(dto(SubmittedEnvelope)) { envelope }: SubmittedEnvelope): Promise<JsonResult> { return json(await this.catalogue.submitAssessment(ctx, envelope), 202); }

  /** What became of what was handed in. */
  @Get('submissions/:submission') @Public()
  submission(@Ctx() ctx: RequestContext, @Param('submission') submission: string): Promise<Submission> { return this.catalogue.submission(ctx, submission); }

  /** The log from an entry on. */
  @Get('feed') @Public()
  feed(@Ctx() ctx: RequestContext, @Query('from') from = '0', @Query('limit') limit = String(MOST_FEED_ITEMS)): Promise<FeedPage> { return this.catalogue.feed(ctx, wholeNumber('from', from), wholeNumber('limit', limit)); }

  /** The newest checkpoint of the log, signed (C2SP signed-note). */
  @Get('feed/checkpoint') @Public()
  async checkpoint(@Ctx() ctx: RequestContext): Promise<WrittenResult> { return text(await this.catalogue.checkpoint(ctx)); }

  /** That the log of one size begins with that of a smaller (RFC 9162, 2.1.4). */
  @Get('feed/consistency') @Public()
  async consistency(@Ctx() ctx: RequestContext, @Query('from') from?: string, @Query('to') to?: string): Promise<JsonResult> { return json({ proof: await this.catalogue.consistency(ctx, wholeNumber('from', from), wholeNumber('to', to)) }); }

  /** The key by which the log's checkpoints are known (C2SP signed-note, "Verifier keys"). */
  @Get('feed/key') @Public()
  key(@Ctx() ctx: RequestContext): WrittenResult { return text(this.own.verifierKey(ctx)); }
}

function wholeNumber(field: string, number: unknown): number {
  if (typeof number !== 'string' || !/^\d{1,15}$/.test(number)) throw new InvalidInput(`${field} must be a whole number.`, [{ field, message: 'must be a whole number' }]);
  return Number(number);
}

function text(body: string): WrittenResult { return written(body, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } }); }
