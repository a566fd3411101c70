import type { PushedMessage } from '@guildhall/back-office-contract';
import { backOfficeKit, type BackOfficeHarness, type FarEndBehaviour } from '@guildhall/back-office-contract/testing';
import { Secret, type HarnessSource } from '@guildhall/kernel-contract';
import { FixedClock, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { Format } from '@guildhall/open311-contract';
import { open311Client } from '../index';
import { GeoReportSimulator, type GeoReportFault } from '../simulator';
import { photosOf } from '../simulator/works-book';

const FAULTS: Partial<Record<FarEndBehaviour, GeoReportFault>> = { 'refuse-for-now': 'too-many', 'refuse-for-good': 'missing-field', 'refuse-key': 'key-refused', unreachable: 'lose-connection', 'accept-then-vanish': 'lose-answer', 'talk-nonsense': 'sign-in-page' };
const NOW = '2026-11-23T12:00:00Z';

export function sourceOf(format: Format): HarnessSource<BackOfficeHarness & { readonly works: GeoReportSimulator }> {
  return {
    abilities: ['far-end', 'refuses', 'gives-references', 'references-later', 'polls', 'pushes', 'writes-refusals', 'writes', 'photos', 'later-photos', 'told-photos'],
    async open() {
      const works = await GeoReportSimulator.start({ apiKey: 'a-key', services: [{ code: 'kit_pothole', name: 'Pothole', attributes: [{ variable: true, code: 'depth', datatype: 'string', required: false, datatype_description: '', order: 1, description: 'Depth' }] }], jurisdictionId: 'riverbourne.example', now: () => new Date(NOW) });
      const provider = open311Client({ endpoint: `${works.origin}/discovery.${format}`, apiKey: new Secret('a-key'), jurisdictionId: 'riverbourne.example', format, pushKey: new Secret('push') }).create(testProviderDependencies({ clock: new FixedClock(NOW) }));
      const reportOf = (reference: string) => works.book.about(reference) ?? fail(reference);
      const form = (fields: URLSearchParams | string): PushedMessage => ({ path: `servicerequestupdates.${format}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, bytes: Buffer.from(String(fields)) });
      return {
        works, provider,
        received: async () => Promise.resolve(works.book.reports.map((report) => ({ identity: report.number, photos: photosOf(report), text: report.fields.map(([name, value]) => `${name}: ${value}`).join('\n') }))),
        farEnd: async (behaviour) => { works.faults.clear(); const fault = FAULTS[behaviour]; if (fault) works.failNext(fault, Number.POSITIVE_INFINITY); return Promise.resolve(); },
        givesTickets: async () => { works.givesTokens = true; return Promise.resolve(); }, settles: async (token) => Promise.resolve(works.settle(token)),
        written: async (reference) => Promise.resolve([...works.book.heard.values()].filter(({ number }) => number === reportOf(reference).number).map(({ description }) => description)),
        writtenPhotos: async (reference) => Promise.resolve([...works.book.heard.values()].findLast(({ number }) => number === reportOf(reference).number)?.photos ?? []),
        happens: async (reference, { status, at, text, photos }) => { works.book.happens(reportOf(reference).number, status, at, text, photos); return Promise.resolve(); },
        pushed: async (reference) => { const { number } = reportOf(reference); return Promise.resolve(form(works.pushForm(works.book.updates.findLast((one) => one.number === number) ?? fail(number), 'push'))); },
        forged: async ({ bytes }) => Promise.resolve(['pushx', 'pus', '', 'a-key'].map((key) => form(Buffer.from(bytes).toString('utf8').replace('api_key=push', `api_key=${key}`)))),
        unreadable: async () => Promise.resolve([form('api_key=push'), form('api_key=push&update_id=1&service_request_id=2&status=FIXED&updated_datetime=yesterday'), { ...form('api_key=push&update_id=1&service_request_id=2&status=FIXED&updated_datetime=2026-11-23T10:00:00Z'), headers: { 'content-type': 'text/plain' } }]),
      };
    },
    close: ({ works }) => works.stop(),
  };
}
function fail(what: string): never { throw new Error(`${what} is not there.`); }

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: backOfficeKit.id, source: sourceOf('xml') }];
