import { refundStateFrom, stateFrom } from './map-status';
import type { SessionFields } from './map-status';

const NOW = new Date('2026-11-23T09:00:00Z');
const LATER = NOW.getTime() / 1000 + 60;
const state = (fields: Partial<SessionFields>): string => stateFrom({ status: 'complete', paymentStatus: 'unpaid', intentStatus: undefined, errorType: undefined, errorCode: undefined, expiresAt: LATER, ...fields }, NOW);

describe('the state of a session', () => {
  it('is open until it is complete, also after a declined card', () => {
    expect(state({ status: 'open' })).toBe('created');
    expect(state({ status: 'open', intentStatus: 'requires_payment_method', errorType: 'card_error', errorCode: 'card_declined' })).toBe('started');
  });
  it('complete is not paid: only payment_status says so', () => {
    expect(state({ paymentStatus: 'paid', intentStatus: 'succeeded' })).toBe('succeeded');
    expect(state({ intentStatus: 'succeeded' })).toBe('unknown');
    expect(state({ paymentStatus: 'no_payment_required' })).toBe('unknown');
  });
  it('complete and unpaid is with the bank, or refused by it', () => {
    for (const intentStatus of ['processing', 'requires_action', 'requires_confirmation', 'requires_capture']) expect(state({ intentStatus })).toBe('submitted');
    expect(state({ intentStatus: 'requires_payment_method', errorType: 'card_error', errorCode: 'card_declined' })).toBe('failed');
    expect(state({ intentStatus: 'requires_payment_method', errorType: 'api_error' })).toBe('error');
    expect(state({ intentStatus: 'requires_payment_method', errorType: 'card_error', errorCode: 'processing_error' })).toBe('error');
    expect(state({ intentStatus: 'canceled' })).toBe('cancelled');
  });
  it('that ended before its time was ended by somebody, and otherwise by the clock', () => {
    expect(state({ status: 'expired' })).toBe('cancelled');
    expect(state({ status: 'expired', expiresAt: NOW.getTime() / 1000 })).toBe('expired');
    expect(state({ status: 'expired', expiresAt: null })).toBe('expired');
  });
  it('that was paid in the moment in which it ended is paid', () => {
    expect(state({ status: 'expired', intentStatus: 'succeeded' })).toBe('succeeded');
    expect(state({ status: 'expired', paymentStatus: 'paid' })).toBe('succeeded');
    expect(state({ status: 'expired', intentStatus: 'processing' })).toBe('submitted');
  });
  it('in words that nobody documented is unknown', () => {
    for (const status of ['marinating', '', null, undefined, 7, {}]) expect(state({ status })).toBe('unknown');
    expect(state({ intentStatus: 'marinating' })).toBe('unknown');
  });
});

it('the state of a refund is its status in the port\'s words, and unknown in any other', () => {
  expect(['pending', 'requires_action', 'succeeded', 'failed', 'canceled', 'marinating', null].map(refundStateFrom)).toEqual(['submitted', 'submitted', 'succeeded', 'error', 'error', 'unknown', 'unknown']);
});
