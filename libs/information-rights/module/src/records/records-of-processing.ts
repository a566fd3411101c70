import { stringify } from 'csv-stringify/sync';
import { PROCESSING, type ProcessingActivity } from '@guildhall/information-rights-contract';
import { PageRenderer, extensionsOf, manifestsOf } from '@guildhall/kernel';
import { READ_RECORDS } from '@guildhall/information-rights-contract';
import { demand, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { PRIVACY_NOTE } from '@guildhall/portal-contract';
import { Inject, Injectable } from '@nestjs/common';

/** One line of the records, in the reader's language. What a manifest says is in English only. */
export interface RecordOfProcessing { readonly id: string; readonly purpose: string; readonly data: string; readonly lawfulBasis: string; readonly keptFor: string; readonly recipients: string }

/** The records of processing, generated from what is installed: privacy notes, manifests, and what modules know while they run, such as agreements to share. */
@Injectable()
export class RecordsOfProcessing {
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  async list(ctx: RequestContext): Promise<readonly RecordOfProcessing[]> {
    demand(ctx, READ_RECORDS);
    const notes = extensionsOf(ctx, PRIVACY_NOTE).map(({ id, purpose, data, lawfulBasis, keptFor, sharedWith }): ProcessingActivity => ({ id, purpose, data, lawfulBasis, keptFor, ...(sharedWith && { recipients: sharedWith }) }));
    const declared = manifestsOf(ctx).flatMap(({ id, personalData = [] }) => personalData.map(({ data, purpose, retention }, at): ProcessingActivity => ({ id: `${id}.${at + 1}`, purpose: inEnglish(purpose), data: inEnglish(data), keptFor: inEnglish(retention) })));
    const known = (await Promise.all(extensionsOf(ctx, PROCESSING).map((one) => one.list(ctx)))).flat();
    const words = (text: Text | undefined): string => text?.[ctx.language] ?? '';
    return [...notes, ...declared, ...known].map(({ id, purpose, data, lawfulBasis, keptFor, recipients }) => ({ id, purpose: words(purpose), data: words(data), lawfulBasis: words(lawfulBasis), keptFor: words(keptFor), recipients: words(recipients) }));
  }

  async asCsv(ctx: RequestContext): Promise<string> {
    const { name, contact } = ctx.council;
    const t = (key: string): string => this.renderer.messages.t(ctx, `information-rights.desk.records.${key}`);
    const rows = (await this.list(ctx)).map((one) => [name[ctx.language], contact.email, one.id, one.purpose, one.data, one.lawfulBasis, one.recipients, one.keptFor]);
    return stringify([[t('controller'), t('contact'), t('id'), t('purpose'), t('data'), t('lawful-basis'), t('recipients'), t('kept-for')], ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true });
  }
}

function inEnglish(words: string): Text { return { en: words, cy: words }; }
