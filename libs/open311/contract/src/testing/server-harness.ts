import { strict as assert } from 'node:assert';
import * as http from 'node:http';
import * as https from 'node:https';
import { readDocument } from '../read-document';
import type { DocumentKind, Documents, Format } from '../shapes';

/** What a report needs to be taken by the server that is tried. @public */
export interface SampleReport {
  readonly serviceCode: string;
  /** A point in the council's area, WGS 84 degrees. */
  readonly lat: number;
  readonly long: number;
  /** Values for the attributes that the service requires; a list sends several. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}

/** The council's side, where the one who tries can act for it. @public */
export interface CouncilActs {
  /** Closes a report as put right. */
  fix(serviceRequestId: string): Promise<void>;
  /** Writes to whoever follows the report, without moving it. */
  tell(serviceRequestId: string, words: string): Promise<void>;
  /** Everything that officers read in the report's history, in one text. */
  history(serviceRequestId: string): Promise<string>;
}

/** Any server of GeoReport v2: where it is, a key, and a report that it would take. @public */
export interface Open311Harness {
  /** Without a slash at its end: `https://council.example/open311/v2`. */
  readonly base: string;
  /** May read, report and update. */
  readonly apiKey: string;
  /** A right key that may do none of it. */
  readonly powerlessKey?: string;
  readonly report: SampleReport;
  /** Of another client, which may do what the first may. Needed for the ability `private-reports`. */
  readonly otherKey?: string;
  /** A report of a private service that would be taken. Needed for the ability `private-reports`. */
  readonly privateReport?: SampleReport;
  /** A point that lies in another council. */
  readonly elsewhere: { readonly lat: number; readonly long: number };
  /** Needed for the ability `council`. */
  readonly council?: CouncilActs;
}

/** What came back. */
export interface Answered { readonly status: number; readonly type: string; readonly text: string }
/** Fields of a form; a list sends several under one name. */
export type FormFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A client of the server that is tried, with its key. */
export class TryingClient {
  constructor(readonly harness: Open311Harness) {}

  async get(path: string, query: FormFields = {}): Promise<Answered> {
    const fields = encoded({ api_key: this.harness.apiKey, ...query });
    return call(`${this.harness.base}/${path}${fields ? `?${fields}` : ''}`, 'GET');
  }
  async post(path: string, form: FormFields): Promise<Answered> {
    return this.send(path, encoded({ api_key: this.harness.apiKey, ...form }), { 'content-type': 'application/x-www-form-urlencoded' });
  }
  async send(path: string, body: string | FormData | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    if (!(body instanceof FormData)) return call(`${this.harness.base}/${path}`, 'POST', Buffer.from(body), headers);
    const encodedForm = new Response(body);
    return call(`${this.harness.base}/${path}`, 'POST', Buffer.from(await encodedForm.arrayBuffer()), { ...headers, 'content-type': encodedForm.headers.get('content-type') ?? '' });
  }

  /** The fields of a report that would be taken. */
  fields(changes: FormFields = {}): FormFields {
    const { serviceCode, lat, long, attributes } = this.harness.report;
    return { service_code: serviceCode, lat: String(lat), long: String(long), description: 'Kit: something is broken here.', ...Object.fromEntries(Object.entries(attributes).map(([code, value]) => [typeof value === 'string' ? `attribute[${code}]` : `attribute[${code}][]`, value])), ...changes };
  }
  /** Sends a report, follows its token if it gets one, and returns its number. */
  async report(changes: FormFields = {}): Promise<string> {
    const [taken] = documentIn('taken', 'xml', await this.post('requests.xml', this.fields(changes)));
    return this.numberOf(taken ?? assert.fail('nothing came back for a report'));
  }
  async numberOf(taken: Documents['taken'][number]): Promise<string> {
    if (taken.service_request_id !== undefined) return taken.service_request_id;
    const [found] = documentIn('tokens', 'xml', await this.get(`tokens/${taken.token}.xml`));
    assert.ok(found?.service_request_id, 'the token leads to no number yet');
    return found.service_request_id;
  }
  async show(number: string, query: FormFields = {}): Promise<Documents['requests'][number]> {
    const [found] = documentIn('requests', 'xml', await this.get(`requests/${number}.xml`, query));
    return found ?? assert.fail(`the report ${number} is not shown`);
  }
  async list(query: FormFields = {}): Promise<Documents['requests']> {
    return documentIn('requests', 'xml', await this.get('requests.xml', query));
  }
  async updates(query: FormFields = {}): Promise<Documents['updates']> {
    return documentIn('updates', 'xml', await this.get('servicerequestupdates.xml', query));
  }
}

/** Reads a document that came with a success. */
export function documentIn<Kind extends DocumentKind>(kind: Kind, format: Format, { status, type, text }: Answered): Documents[Kind] {
  assert.ok(status === 200 || status === 201, `the server answered ${status}: ${text.slice(0, 300)}`);
  assert.match(type, format === 'xml' ? /^text\/xml; *charset=utf-8$/i : /^application\/json\b/i, 'the content type');
  return readDocument(kind, text, format);
}

/** That something was refused, in the errors' shape, with one of these statuses, and says why. */
export function assertRefused(answer: Answered, statuses: readonly number[], says = /./, format: Format = 'xml'): void {
  assert.ok(statuses.includes(answer.status), `expected ${statuses.join(' or ')}, not ${answer.status}: ${answer.text.slice(0, 300)}`);
  const errors = readDocument('errors', answer.text, format);
  assert.ok(errors.length > 0, 'a refusal has at least one error');
  for (const { code, description } of errors) assert.ok(code.startsWith(String(answer.status)) && description.trim(), 'each error has its code and says what is wrong');
  assert.match(errors.map(({ description }) => description).join('\n'), says);
}

/** As forms write it. */
export function encoded(fields: FormFields): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value ?? []].flat()) params.append(name, one);
  return params.toString();
}

/** One call on a connection of its own, so that nothing stays open behind the kit. A redirection is an answer like others. */
function call(url: string, method: 'GET' | 'POST', body?: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? https : http).request(url, { method, agent: false, headers: { ...headers, ...(body && { 'content-length': String(body.byteLength) }) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text: Buffer.concat(chunks).toString('utf8') }));
    });
    request.on('error', reject);
    request.end(body);
  });
}
