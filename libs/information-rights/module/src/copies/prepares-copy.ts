import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import { Database, PageRenderer, audit, enqueue, sql, write } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import type { PersonalData, PersonalRecord } from '@guildhall/information-rights-contract';
import { formatDate, formatDateTime } from '@guildhall/ui';
import { Inject, Injectable } from '@nestjs/common';
import { TellOfRequest } from '../jobs';
import { lockRequest } from '../requests/holds-clock';
import { ReadsRequests } from '../requests/reads-requests';
import type { RightsRequest } from '../requests/request';
import { addStep } from '../requests/steps';
import { sourcesOf } from '../sources';
import { CopyAsJson } from './copy-as-json';
import { CopyAsPdf } from './copy-as-pdf';
import { piecesOf, type CopyWords } from './copy-content';
import { CopyParts } from './copy-parts';

/** How long a copy can be downloaded. */
export const COPY_DAYS = 30;
const DAY = 86_400_000;

/** A record that an officer reads before the copy is given: somebody else may be in it. */
interface ToRead { readonly source: PersonalData; readonly record: PersonalRecord }

/**
 * Puts together a copy of what is held about somebody. Each try writes parts of its own; the first that comes to its end makes the copy, in one transaction with all that follows from it, so that whatever
 * breaks in between can be done again and nothing is done twice.
 */
@Injectable()
export class PreparesCopy implements JobHandler<{ readonly requestId: string }> {
  constructor(
    private readonly db: Database, private readonly reading: ReadsRequests, private readonly parts: CopyParts, @Inject(PageRenderer) private readonly renderer: PageRenderer,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  async run(ctx: RequestContext, { requestId }: { readonly requestId: string }): Promise<void> {
    const request = await this.reading.find(ctx, requestId);
    if (request?.kind !== 'access' || request.state !== 'preparing') return;
    const [runId, leftOut] = [this.ids.uuid(), new Set<string>()];
    const items = await this.reading.items(ctx, requestId);
    for (const { sourceId, recordId, decision } of items) if (decision === 'leave-out') leftOut.add(`${sourceId} ${recordId}`);
    const toRead = await this.#write(ctx, request, runId, leftOut);
    await this.#finish(ctx, request, runId, toRead);
  }

  async #write(ctx: RequestContext, request: RightsRequest, runId: string, leftOut: ReadonlySet<string>): Promise<readonly ToRead[]> {
    const toRead: ToRead[] = [];
    const [json, pdf, text] = [new CopyAsJson(request, ctx.council.name[request.language], this.clock.now()), new CopyAsPdf(this.#words(ctx, request)), new PassThrough()];
    const which = { requestId: request.requestId, runId };
    const kept = Promise.all([this.parts.keep(ctx, { ...which, format: 'json' }, text), this.parts.keep(ctx, { ...which, format: 'pdf' }, pdf.document as AsyncIterable<Uint8Array>)]);
    // What fails there ends the loop below, and is thrown by the last line.
    kept.catch((error: Error) => { text.destroy(error); });
    try {
      text.write(json.begin());
      pdf.begin();
      for await (const piece of piecesOf(ctx, request, sourcesOf(ctx), (source, record) => {
        if (record.needsReading) toRead.push({ source, record: { ...record, facts: [], data: {} } });
        return leftOut.has(`${source.id} ${record.id}`);
      })) {
        pdf.add(piece);
        if (!text.write(json.add(piece))) await once(text, 'drain');
      }
      text.end(json.end());
      pdf.end();
    } catch (error) {
      text.destroy(error as Error);
      (pdf.document as unknown as { destroy(error: Error): void }).destroy(error as Error);
      await kept.catch(() => undefined);
      throw error;
    }
    await kept;
    return toRead;
  }

  async #finish(ctx: RequestContext, { requestId, personId }: RightsRequest, runId: string, toRead: readonly ToRead[]): Promise<void> {
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      const request = await lockRequest(tx, requestId);
      if (request.state !== 'preparing') {
        await sql(tx, 'delete from information_rights.copy_part where council_id = $1 and request_id = $2 and run_id = $3', [tx.council.id, requestId, runId]);
        return;
      }
      await sql(tx, 'delete from information_rights.copy_part where council_id = $1 and request_id = $2 and run_id <> $3', [tx.council.id, requestId, runId]);
      // Who called is made sure of by an officer; what others may be in is read by one. While it is not certain who asks, or what for, nothing is given away.
      if (request.pausedFor || (!request.isRead && (toRead.length > 0 || request.askedBy === 'adviser'))) {
        for (const [at, { source, record }] of request.isRead ? [] : toRead.entries()) {
          write(tx, `insert into information_rights.item (council_id, request_id, source_id, record_id, number, title, since, proposal) values ($1, $2, $3, $4, $5, $6, $7, 'read')`, [tx.council.id, requestId, source.id, record.id, at + 1, JSON.stringify(record.title), record.since]);
        }
        write(tx, `update information_rights.request set state = 'to-read', run_id = $3, version = version + 1 where council_id = $1 and request_id = $2`, [tx.council.id, requestId, runId]);
        return;
      }
      write(tx, `update information_rights.request set state = 'ready', run_id = $3, ready_at = $4, closed_at = $4, expires_at = $5, version = version + 1 where council_id = $1 and request_id = $2`, [tx.council.id, requestId, runId, now, new Date(now.getTime() + COPY_DAYS * DAY)]);
      addStep(tx, requestId, 'ready', now);
      audit(tx, { action: 'information-rights.copy-ready', subject: { type: 'information-rights.request', id: requestId }, personId });
      enqueue(tx, TellOfRequest, { requestId, step: 'ready' });
    });
  }

  #words(ctx: RequestContext, { language, reference, receivedAt }: RightsRequest): CopyWords {
    const theirs: RequestContext = { ...ctx, language };
    const t = (key: string, values?: Record<string, string>): string => this.renderer.messages.t(theirs, `information-rights.copy.${key}`, values);
    return {
      language, title: t('title'), council: ctx.council.name[language], made: t('made', { reference, asked: formatDate(language, receivedAt, 'sentence'), made: formatDateTime(language, this.clock.now(), 'sentence') }),
      paragraphs: [t('what'), t('why'), t('who-else'), t('rights'), t('complain')], nothing: t('nothing'), from: t('from'), since: (at) => t('since', { date: formatDate(language, at, 'sentence') }),
      keptBecause: (because, until) => (until ? t('kept-until', { because, until }) : t('kept', { because })), erasable: t('erasable'), leftOut: t('left-out'), yes: t('yes'), no: t('no'),
    };
  }
}
