import type { Secret } from '@guildhall/kernel-contract';
import type { Format } from '@guildhall/open311-contract';

/** What a council sets. @public */
export interface Open311ClientOptions {
  /**
   * Where the system's GeoReport v2 is, without a slash at its end: `https://works.contractor.example/open311/v2`. Or its discovery document, which says where:
   * `https://works.contractor.example/discovery.xml`.
   */
  readonly endpoint: string;
  /** What it gave the council to send reports with. */
  readonly apiKey: Secret;
  /** Needed by systems that serve several councils: `riverbourne.example`. */
  readonly jurisdictionId?: string;
  /** What officers call the system: `Highways contractor`. */
  readonly title?: string;
  /** Tells several such systems apart: lower-case words with hyphens. */
  readonly name?: string;
  /** XML unless told, which every system has to understand. */
  readonly format?: Format;
  /** Its `service_code` for each kind of case: `{ 'report-a-problem.pothole': 'POTHOLE' }`. The kind's own id with `_` for `.` where nothing is said. */
  readonly services?: Readonly<Record<string, string>>;
  /** Its code of an attribute for each of our questions that it calls otherwise: `{ potholeSize: 'width' }`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /**
   * Photos go as `media_url`: links that live for seven days. The standard knows one; `all` (unless told) sends the field several times, as FixMyStreet can and its adapters take. `first` sends one,
   * for a system that takes no more or runs them together.
   */
  readonly photos?: 'all' | 'first';
  /** How long an answer is waited for: 1 to 20; 10 unless told. */
  readonly timeoutInSeconds?: number;
  /** `updates` (unless told): it has `servicerequestupdates`, as FixMyStreet and most systems in the United Kingdom do. `requests`: it has only the standard, and is asked report by report how each stands. */
  readonly follows?: 'updates' | 'requests';
  /** What the system gives as `api_key` when it pushes updates to us. Without one nothing that is pushed is believed. */
  readonly pushKey?: Secret;
}
