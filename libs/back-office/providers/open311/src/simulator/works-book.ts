import { createHash } from 'node:crypto';
import { parseStatus, standardStatusOf, writeDateTime, type RequestUpdate, type ServiceRequest } from '@guildhall/open311-contract';

/** A report as the simulated system has it. @public */
export interface SimulatedReport {
  readonly number: string;
  readonly token: string;
  /** The key with which it was sent: whose it is. */
  readonly sender: string;
  /** False while only the token leads to it. */
  isSettled: boolean;
  /** Every field that was sent, but the key. */
  readonly fields: readonly (readonly [string, string])[];
  readonly at: Date;
  status: string;
  updatedAt: Date;
  notes: string;
}
/** What happened to it. A status may be a word that no standard knows. @public */
export interface SimulatedUpdate { readonly id: string; readonly number: string; readonly status: string; readonly at: Date; readonly text: string; /** Where its photos are fetched. */ readonly photos: readonly string[] }

/** The reports of the simulated system, and what happened to them. */
export class WorksBook {
  readonly reports: SimulatedReport[] = [];
  readonly updates: SimulatedUpdate[] = [];
  /** What whoever reported wrote later, by the id of the update. */
  readonly heard = new Map<string, { readonly number: string; readonly status: string; readonly description: string; readonly photos: readonly string[] }>();

  take(fields: readonly (readonly [string, string])[], at: Date, { sender, isSettled }: Pick<SimulatedReport, 'sender' | 'isSettled'>): SimulatedReport {
    const number = `W-${1001 + this.reports.length}`;
    const report: SimulatedReport = { number, sender, token: createHash('sha256').update(`token of ${number}`).digest('hex').slice(0, 24), isSettled, fields, at, status: 'open', updatedAt: at, notes: '' };
    this.reports.push(report);
    return report;
  }
  happens(number: string, status: string, at: Date, text = '', photos: readonly string[] = []): SimulatedUpdate {
    const report = this.find(number);
    if (!report) throw new RangeError(`There is no report ${number}.`);
    const update = { id: `U-${1 + this.updates.length}`, number, status, at, text, photos };
    this.updates.push(update);
    Object.assign(report, { status, updatedAt: at, notes: text });
    return update;
  }
  find(number: string): SimulatedReport | undefined { return this.reports.find((one) => one.number === number); }
  /** By words that were sent with it, such as our reference. */
  about(words: string): SimulatedReport | undefined { return this.reports.find(({ fields }) => fields.some(([, value]) => value.includes(words))); }
}

/** Where its photos are fetched. */
export const photosOf = ({ fields }: SimulatedReport): readonly string[] => fields.filter(([name]) => name === 'media_url').map(([, url]) => url);
export const fieldOf = ({ fields }: SimulatedReport, name: string): string => fields.find(([one]) => one === name)?.[1] ?? '';

/** A report in the shape of the standard. */
export function requestOf(report: SimulatedReport): ServiceRequest {
  const known = parseStatus(report.status);
  const [lat, long] = [fieldOf(report, 'lat'), fieldOf(report, 'long')];
  return {
    service_request_id: report.number, status: known ? standardStatusOf(known) : 'open', status_notes: report.notes, service_name: fieldOf(report, 'service_code'), service_code: fieldOf(report, 'service_code'), description: fieldOf(report, 'description'),
    agency_responsible: 'Simulated works', service_notice: '', requested_datetime: writeDateTime(report.at), updated_datetime: writeDateTime(report.updatedAt), expected_datetime: '', address: fieldOf(report, 'address_string'), address_id: '', zipcode: '',
    ...(lat && { lat: Number(lat) }), ...(long && { long: Number(long) }), media_url: photosOf(report)[0] ?? '',
  };
}

/** An update in the shape of mySociety's extension; its status as it stands, also when no standard knows it. */
export function updateOf({ id, number, status, at, text, photos }: SimulatedUpdate): RequestUpdate {
  return { update_id: id, service_request_id: number, status: status.toUpperCase() as RequestUpdate['status'], updated_datetime: writeDateTime(at), description: text, media_url: photos.length > 1 ? photos : (photos[0] ?? '') };
}
