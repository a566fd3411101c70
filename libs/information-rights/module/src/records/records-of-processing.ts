import { stringify } from 'csv-stringify/sync';
import { PROCESSING, READ_RECORDS, type ProcessingActivity } from '@guildhall/information-rights-contract';
import { extensionsOf, manifestsOf, type PageRenderer } from '@guildhall/kernel';
import { demand, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { PRIVACY_NOTE } from '@guildhall/portal-contract';
import type { InformationRightsOptions } from '../information-rights.options';

/** One line of the records, in the reader's language. Empty where nothing is said. */
export interface RecordOfProcessing {
  readonly id: string;
  readonly purpose: string;
  readonly subjects: string;
  readonly data: string;
  readonly lawfulBasis: string;
  readonly recipients: string;
  readonly transfers: string;
  readonly keptFor: string;
  readonly security: string;
  /** What its module says in its manifest in English alone, whoever reads it. */
  readonly isInEnglish: boolean;
}
/** What is said of the whole council. */
export interface RecordsAtLarge { readonly officer: InformationRightsOptions['dataProtectionOfficer']; readonly subjects: string; readonly transfers: string; readonly security: string }

/** The records of processing, generated from what is installed: privacy notes, manifests, and what modules know while they run, such as agreements to share. */
export class RecordsOfProcessing {
  constructor(private readonly renderer: PageRenderer, private readonly optionsOf: (ctx: RequestContext) => InformationRightsOptions) {}

  atLarge(ctx: RequestContext): RecordsAtLarge {
    const { dataProtectionOfficer: officer, subjects, transfers, security } = this.optionsOf(ctx);
    return { officer, subjects: subjects[ctx.language], transfers: transfers?.[ctx.language] ?? '', security: security[ctx.language] };
  }

  async list(ctx: RequestContext): Promise<readonly RecordOfProcessing[]> {
    demand(ctx, READ_RECORDS);
    const { subjects, transfers, security } = this.atLarge(ctx);
    const notes = extensionsOf(ctx, PRIVACY_NOTE).map(({ id, purpose, data, lawfulBasis, keptFor, sharedWith }): ProcessingActivity => ({ id, purpose, data, lawfulBasis, keptFor, ...(sharedWith && { recipients: sharedWith }) }));
    const inEnglish = new Set<ProcessingActivity>();
    const declared = manifestsOf(ctx).flatMap(({ id, personalData = [] }) => personalData.map(({ cy, ...en }, at): ProcessingActivity => {
      const said = cy ?? en;
      const activity = { id: `${id}.${at + 1}`, purpose: { en: en.purpose, cy: said.purpose }, data: { en: en.data, cy: said.data }, keptFor: { en: en.retention, cy: said.retention } };
      if (!cy) inEnglish.add(activity);
      return activity;
    }));
    const known = (await Promise.all(extensionsOf(ctx, PROCESSING).map((one) => one.list(ctx)))).flat();
    const words = (text: Text | undefined, atLarge = ''): string => text?.[ctx.language] ?? atLarge;
    return [...notes, ...declared, ...known].map((one) => ({
      id: one.id, purpose: words(one.purpose), subjects: words(one.subjects, subjects), data: words(one.data), lawfulBasis: words(one.lawfulBasis), recipients: words(one.recipients), transfers: words(one.transfers, transfers), keptFor: words(one.keptFor), security: words(one.security, security),
      isInEnglish: inEnglish.has(one),
    }));
  }

  /** All that article 30(1) of the UK GDPR asks for, a line for each activity. */
  async asCsv(ctx: RequestContext): Promise<string> {
    const { name, contact } = ctx.council;
    const { officer } = this.atLarge(ctx);
    const t = (key: string): string => this.renderer.messages.t(ctx, `information-rights.desk.records.${key}`);
    const columns = ['controller', 'contact', 'officer', 'id', 'purpose', 'subjects', 'data', 'lawful-basis', 'recipients', 'transfers', 'kept-for', 'security'];
    const rows = (await this.list(ctx)).map((one) => [
      name[ctx.language], contact.email, officer ? [officer.name, officer.email, officer.telephone].filter(Boolean).join(', ') : t('no-officer'), one.id, one.purpose, one.subjects, one.data, one.lawfulBasis || t('see-notice'), one.recipients || t('nobody'), one.transfers || t('not-said'), one.keptFor, one.security,
    ]);
    return stringify([columns.map(t), ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true });
  }
}
