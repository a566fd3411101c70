import type { KeyType, NotificationType, SimulatedService, SimulatedTemplate } from './service';

/** Every status of Notify's. */
export const STATUSES = {
  email: ['created', 'sending', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure'],
  sms: ['created', 'sending', 'pending', 'sent', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure'],
  letter: ['accepted', 'received', 'cancelled', 'technical-failure', 'permanent-failure', 'pending-virus-check', 'virus-scan-failed', 'validation-failed', 'returned-letter'],
} as const satisfies Readonly<Record<NotificationType, readonly string[]>>;

/** A status of any type of message. @public */
export type NotificationStatus = (typeof STATUSES)[NotificationType][number];

/** Those for which the query `status=failed` stands. */
export const FAILED: readonly string[] = ['permanent-failure', 'temporary-failure', 'technical-failure', 'validation-failed', 'virus-scan-failed', 'returned-letter', 'cancelled'];
/** After these no more comes, and a receipt is sent. */
const FINAL: readonly string[] = ['delivered', 'sent', 'received', ...FAILED];

/** A message as Notify keeps it. @public */
export interface SimulatedNotification {
  readonly id: string;
  readonly serviceId: string;
  readonly keyType: KeyType;
  readonly type: NotificationType;
  readonly reference?: string;
  /** An address, a number, or a letter's first line. */
  readonly to: string;
  /** A letter's address. */
  readonly lines: readonly string[];
  readonly template: SimulatedTemplate;
  /** As it was sent to Notify, before the template was filled. */
  readonly personalisation: Readonly<Record<string, unknown>>;
  readonly subject?: string;
  readonly body: string;
  readonly from: string;
  readonly postage?: string;
  readonly unsubscribeUrl?: string;
  readonly scheduledFor?: string;
  status: NotificationStatus;
  readonly createdAt: Date;
  sentAt?: Date;
  completedAt?: Date;
}

export function isFinal(status: string): boolean {
  return FINAL.includes(status);
}

/** What GET shows of a message. */
export function notificationJson(each: SimulatedNotification, origin: string): object {
  const line = (index: number): string | null => each.lines[index] ?? null;
  return {
    id: each.id, reference: each.reference ?? null, type: each.type, status: each.status, body: each.body, subject: each.subject ?? null,
    email_address: each.type === 'email' ? each.to : null, phone_number: each.type === 'sms' ? each.to : null,
    line_1: line(0), line_2: line(1), line_3: line(2), line_4: line(3), line_5: line(4), line_6: line(5), line_7: line(6), postcode: each.lines.at(-1) ?? null, postage: each.postage ?? null,
    template: { id: each.template.id, version: each.template.version ?? 1, uri: `${origin}/v2/template/${each.template.id}/version/${each.template.version ?? 1}` },
    created_at: each.createdAt.toISOString(), created_by_name: null, sent_at: each.sentAt?.toISOString() ?? null, completed_at: each.completedAt?.toISOString() ?? null, scheduled_for: each.scheduledFor ?? null,
    one_click_unsubscribe_url: each.unsubscribeUrl ?? null, estimated_delivery: each.type === 'letter' ? new Date(each.createdAt.getTime() + 4 * 86_400_000).toISOString() : null, is_cost_data_ready: false, cost_in_pounds: null, cost_details: {},
  };
}

/** What POST answers. */
export function createdJson(each: SimulatedNotification, service: SimulatedService, origin: string): object {
  if (each.template.id === '') return { id: each.id, reference: each.reference, postage: each.postage };
  const content = each.type === 'sms' ? { body: each.body, from_number: each.from } : each.type === 'email' ? { subject: each.subject, body: each.body, from_email: `${service.emailFrom}@notifications.service.gov.uk`, ...(each.unsubscribeUrl ? { one_click_unsubscribe_url: each.unsubscribeUrl } : {}) } : { subject: each.subject, body: each.body };
  return {
    id: each.id, reference: each.reference ?? null, content, uri: `${origin}/v2/notifications/${each.id}`,
    template: { id: each.template.id, version: each.template.version ?? 1, uri: `${origin}/services/${service.id}/templates/${each.template.id}` }, scheduled_for: each.scheduledFor ?? null,
  };
}

/** A receipt, as it is sent to the service. */
export function receiptJson(each: SimulatedNotification): object {
  return {
    id: each.id, reference: each.reference ?? null, to: each.to, status: each.status, created_at: each.createdAt.toISOString(), completed_at: each.completedAt?.toISOString() ?? null, sent_at: each.sentAt?.toISOString() ?? null,
    notification_type: each.type, template_id: each.template.id, template_version: each.template.version ?? 1,
  };
}

/** What the service is told of a letter that came back. */
export function returnedLetterJson(each: SimulatedNotification): object {
  return {
    notification_id: each.id, reference: each.reference ?? null, date_sent: each.createdAt.toISOString(), sent_by: null, template_name: each.template.name, template_id: each.template.id, template_version: each.template.version ?? 1,
    spreadsheet_file_name: null, spreadsheet_row_number: null, upload_letter_file_name: null,
  };
}
