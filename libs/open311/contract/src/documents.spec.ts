import { readDateTime, writeDateTime } from './date-times';
import { UnreadableDocument, readDocument } from './read-document';
import type { Documents } from './shapes';
import { EXTENDED_STATUSES, parseStatus, standardStatusOf } from './statuses';
import { writeDocument } from './write-document';

const service: Documents['services'][number] = { service_code: 'pothole', service_name: 'Potholes & “holes” <deep>', description: 'Tyllau yn y ffordd', metadata: true, type: 'realtime', keywords: ['road', 'hole'], group: 'Streets', groups: ['Streets', 'Roads'] };
const request: Documents['requests'][number] = {
  service_request_id: 'RB-7K3F-92QD', status: 'open', status_notes: '', service_name: 'Pothole', service_code: 'pothole', description: 'A hole\nwith "edges" & <more>', agency_responsible: 'Riverbourne', service_notice: '', requested_datetime: '2026-11-23T09:00:00+00:00',
  updated_datetime: '2026-11-23T09:00:00+00:00', expected_datetime: '', address: '', address_id: '', zipcode: '', lat: 51.8, long: -2.2, media_url: '', extended_attributes: { detailed_status: 'investigating', fixmystreet_id: '7', photos: ['https://photos.example/1.jpg'] },
};
const definition: Documents['definition'] = { service_code: 'pothole', attributes: [{ variable: true, code: 'size', datatype: 'singlevaluelist', required: true, datatype_description: '', order: 1, description: 'How wide?', values: [{ key: 'small', name: 'Small' }] }, { variable: true, code: 'easting', datatype: 'number', required: true, datatype_description: '', order: 2, description: 'Easting', automated: 'server_set' }] };

describe('documents of GeoReport v2', () => {
  it.each(['xml', 'json'] as const)('read back as they were written, in %s', (format) => {
    expect(readDocument('services', writeDocument('services', [service], format), format)).toEqual([service]);
    expect(readDocument('requests', writeDocument('requests', [request, request], format), format)).toEqual([request, request]);
    expect(readDocument('definition', writeDocument('definition', definition, format), format)).toEqual(definition);
    expect(readDocument('errors', writeDocument('errors', [{ code: '403', description: 'Wrong key' }], format), format)).toEqual([{ code: '403', description: 'Wrong key' }]);
    expect(readDocument('services', writeDocument('services', [], format), format)).toEqual([]);
  });
  it('are what the standard shows', () => {
    expect(writeDocument('errors', [{ code: '404', description: 'No such service' }], 'xml')).toBe('<?xml version="1.0" encoding="utf-8"?>\n<errors><error><code>404</code><description>No such service</description></error></errors>');
    expect(writeDocument('taken', [{ service_request_id: 'RB-1', service_notice: '', account_id: '' }], 'xml')).toContain('<service_requests><request><service_request_id>RB-1</service_request_id><service_notice/><account_id/></request></service_requests>');
    expect(writeDocument('services', [service], 'xml')).toContain('<keywords>road,hole</keywords><group>Streets</group><groups><group>Streets</group><group>Roads</group></groups>');
    expect(JSON.parse(writeDocument('errors', [{ code: '400', description: 'x' }], 'json'))).toEqual([{ code: 400, description: 'x' }]);
  });
  it('hold only what XML can write, whatever somebody typed', () => {
    const odd = writeDocument('requests', [{ ...request, description: 'a\u0000b\u0001\u0008\u001f\uffffc\ud800d]]>e & \u{1F573}' }], 'xml');
    expect(readDocument('requests', odd, 'xml')[0]?.description).toBe('abcd]]>e & \u{1F573}');
  });
  it.each([
    ['a bomb of entities', '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><services><service><service_code>&b;</service_code></service></services>'],
    ['a way to files', '<!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/hostname">]><services><service><service_code>&f;</service_code></service></services>'],
    ['a document type alone', '<!doctype services><services/>'],
  ])('are not read with %s', (_what, text) => {
    expect(() => readDocument('services', text, 'xml')).toThrow(expect.objectContaining({ why: 'has-a-document-type' }) as Error);
  });
  it('are refused when they are malformed, too large or another document', () => {
    expect(() => readDocument('services', '<services><service></services>', 'xml')).toThrow(UnreadableDocument);
    expect(() => readDocument('services', '{', 'json')).toThrow(expect.objectContaining({ why: 'malformed' }) as Error);
    expect(() => readDocument('services', '<html><body>Busy</body></html>', 'xml')).toThrow(expect.objectContaining({ why: 'another-document' }) as Error);
    expect(() => readDocument('services', '{"services":[]}', 'json')).toThrow(expect.objectContaining({ why: 'another-document' }) as Error);
    expect(() => readDocument('services', `<services>${' '.repeat(100)}</services>`, 'xml', 50)).toThrow(expect.objectContaining({ why: 'too-large' }) as Error);
  });
  it('leave undeclared entities as they stand', () => {
    expect(readDocument('services', '<services><service><service_code>&unheard;</service_code></service></services>', 'xml')[0]?.service_code).toBe('&unheard;');
  });
  it('may leave out what the standard does not insist on', () => {
    expect(readDocument('requests', '<service_requests><request><service_request_id>1</service_request_id></request></service_requests>', 'xml')[0]).toMatchObject({ service_request_id: '1', address: '', status: 'open' });
    expect(readDocument('updates', '<service_request_updates><request_update><update_id>9</update_id><status>FIXED</status><media_url/></request_update></service_request_updates>', 'xml')[0]).toMatchObject({ update_id: '9', status: 'fixed', media_url: '' });
  });
  it('keep a status that nobody knows as it was written, beside the guess', () => {
    expect(readDocument('updates', '<service_request_updates><request_update><update_id>9</update_id><status>Awaiting Moon</status></request_update></service_request_updates>', 'xml')[0]).toMatchObject({ status: 'unchanged', unknown_status: 'Awaiting Moon' });
    expect(readDocument('requests', '[{"service_request_id":"1","status":"mended"},{"service_request_id":"2","status":"CLOSED"}]', 'json').map(({ status, unknown_status: unknown }) => [status, unknown])).toEqual([['open', 'mended'], ['closed', undefined]]);
  });
});

describe('date-times of GeoReport v2', () => {
  it('have the council’s offset and no fraction, in summer and in winter', () => {
    expect(writeDateTime(new Date('2026-06-01T08:30:00.999Z'))).toBe('2026-06-01T09:30:00+01:00');
    expect(writeDateTime(new Date('2026-12-31T23:59:59.001Z'))).toBe('2026-12-31T23:59:59+00:00');
  });
  it('are read with an offset, with Z, with a fraction, and with a plus that became a space', () => {
    for (const written of ['2026-06-01T08:30:00Z', '2026-06-01T09:30:00+01:00', '2026-06-01T09:30:00.000+0100', '2026-06-01T09:30:00 01:00']) expect(readDateTime(written)?.toISOString()).toBe('2026-06-01T08:30:00.000Z');
  });
  it.each(['yesterday', '2026-06-01', '2026-06-01T08:30:00', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', ''])('are not "%s"', (written) => expect(readDateTime(written)).toBeUndefined());
});

describe('statuses', () => {
  it('are open or closed to whoever knows only the standard', () => {
    expect(EXTENDED_STATUSES.filter((status) => standardStatusOf(status) === 'closed')).toEqual(['no_further_action', 'not_councils_responsibility', 'duplicate', 'cancelled', 'fixed', 'closed']);
  });
  it('are read in capitals, and not guessed', () => {
    expect([parseStatus('IN_PROGRESS'), parseStatus(' not councils responsibility '), parseStatus('mended')]).toEqual(['in_progress', 'not_councils_responsibility', undefined]);
  });
});

describe('photos of an update', () => {
  it.each([['xml', ''], ['xml', 'https://photos.example/1.jpg?a=1&b=2'], ['xml', ['https://photos.example/1.jpg', 'https://photos.example/2.jpg']], ['json', ''], ['json', 'https://photos.example/1.jpg'], ['json', ['https://photos.example/1.jpg', 'https://photos.example/2.jpg']]] as const)('are in %s what mySociety has them be: none, one, or a list (%j)', (format, media) => {
    const update = { update_id: '9', service_request_id: '1', status: 'fixed', updated_datetime: '2026-11-23T09:00:00+00:00', description: '', media_url: media } as const;
    const written = writeDocument('updates', [update], format);
    expect(readDocument('updates', written, format)).toEqual([update]);
    if (format === 'xml' && typeof media !== 'string') expect(written).toContain('<media_url>https://photos.example/1.jpg</media_url><media_url>https://photos.example/2.jpg</media_url>');
  });
});
