import { RecordedLog } from '@guildhall/kernel-contract/testing';
import type { ProviderCallback } from '@guildhall/notifications-contract';
import { readCallback } from './read-callback';
import { STATUSES } from './simulator/notification';

const TOKENS = ['the new token', 'the old token'];
const id = 'aaaaaaaa-0000-4000-8000-000000000001';
const reference = '01990000-0000-7000-8000-000000000001';
const receipt = { id, reference, to: 'ann@riverbourne.example', status: 'delivered', created_at: '2026-11-23T09:00:00.000000Z', completed_at: '2026-11-23T09:00:05.000000Z', sent_at: null, notification_type: 'email', template_id: id, template_version: 1 };
const log = new RecordedLog();
const callback = (json: unknown, authorization: string | undefined = 'Bearer the new token'): ProviderCallback => ({ headers: { authorization }, bytes: Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)) });
const read = (...given: Parameters<typeof callback>): ReturnType<typeof readCallback> => readCallback(callback(...given), TOKENS, log);

describe('a callback from Notify', () => {
  it('is read when it bears the token, also the one before', () => {
    const report = { providerReference: id, reference, state: 'delivered', at: new Date('2026-11-23T09:00:05Z') };
    expect(read(receipt)).toEqual([report]);
    expect(read(receipt, 'bearer the old token')).toEqual([report]);
  });
  it.each([[''], ['Bearer '], ['Bearer wrong'], ['Bearer the new token '.slice(0, -2)], ['Bearer the new tokenx'], ['Basic the new token'], ['the new token'], ['Bearer the new token, Bearer x']])('is refused with "%s", before a byte of it is read', (authorization) => {
    expect(() => read('{ malformed', authorization)).toThrow(expect.objectContaining({ code: 'not-authenticated' }) as Error);
  });
  it('is refused without a header, and where no token was ever given', () => {
    expect(() => readCallback({ headers: {}, bytes: Buffer.from('{}') }, TOKENS, log)).toThrow(expect.objectContaining({ code: 'not-authenticated' }) as Error);
    expect(() => readCallback(callback(receipt), [], log)).toThrow(expect.objectContaining({ code: 'not-authenticated' }) as Error);
  });
  it.each([['{'], [''], ['[]'], ['null'], ['"delivered"'], ['{}'], ['{"id":1,"status":"delivered"}'], ['{"id":"x"}'], [`${JSON.stringify(receipt).slice(0, -1)},"more":"${'x'.repeat(70_000)}"}`]])('that is malformed or too large is refused: %.40s', (body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'invalid-input' }) as Error);
  });
  it('with a status that is new is taken, changes nothing and is noted', () => {
    expect(read({ ...receipt, status: 'teleported' })).toEqual([]);
    expect(read({ ...receipt, status: 'constructor' })).toEqual([]);
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', event: 'notify.unknown-status', ids: { notification: id } });
  });
  it('without a reference or with an odd date is still read', () => {
    expect(read({ ...receipt, reference: null, completed_at: 'soon' })).toEqual([{ providerReference: id, reference: undefined, state: 'delivered', at: undefined }]);
  });
  it('about a letter that came back says that it failed for good', () => {
    expect(read({ notification_id: id, reference, date_sent: '2026-11-23T09:00:00Z', template_id: id })).toEqual([{ providerReference: id, reference, state: 'failed', failure: 'permanent', code: 'notify-returned-letter' }]);
  });
  it('about a complaint is taken: the message has arrived', () => {
    expect(read({ notification_id: id, complaint_id: id, reference, to: 'ann@riverbourne.example', complaint_date: '2026-11-23T09:00:00Z' })).toEqual([]);
  });
  it('with a text that somebody sent is refused: nobody here would read it', () => {
    expect(() => read({ id, source_number: '07700900123', destination_number: '07700900999', message: 'Help', date_received: '2026-11-23T09:00:00Z' })).toThrow(expect.objectContaining({ code: 'invalid-input' }) as Error);
  });
  it('has a meaning for every status that Notify has', () => {
    const meanings = Object.fromEntries([...new Set([...Object.values(STATUSES).flat(), 'failed'])].map((status) => [status, read({ ...receipt, status }).map(({ state, failure }) => (failure ? `${state} ${failure}` : state)).join()]));
    expect(meanings).toEqual({
      created: 'sending', sending: 'sending', pending: 'sending', accepted: 'sending', 'pending-virus-check': 'sending', sent: 'sent', delivered: 'delivered', received: 'delivered',
      'temporary-failure': 'failed temporary', 'permanent-failure': 'failed permanent', 'returned-letter': 'failed permanent', 'technical-failure': 'failed technical', failed: 'failed technical',
      cancelled: 'failed technical', 'validation-failed': 'failed technical', 'virus-scan-failed': 'failed technical',
    });
  });
  it('writes no address to the log', () => {
    expect(JSON.stringify(log.lines)).not.toContain('ann');
  });
});
