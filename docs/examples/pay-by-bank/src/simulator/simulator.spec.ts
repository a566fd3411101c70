import { after as afterAll, before as beforeAll, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { Secret } from '@guildhall/kernel-contract';
import { plainOutbound, testContext } from '@guildhall/kernel-contract/testing';
import { PayByBankProvider } from '../pay-by-bank.provider';
import { startPayByBankSimulator, type RunningPayByBankSimulator } from './simulator';

describe('the simulator of Pay by bank', () => {
  let simulator: RunningPayByBankSimulator;
  beforeAll(async () => { simulator = await startPayByBankSimulator({ port: 0, apiKeys: ['key of a test'] }); });
  afterAll(() => simulator.stop());

  const provider = (apiKey = 'key of a test') => new PayByBankProvider({ outbound: plainOutbound, origin: simulator.origin, apiKey: new Secret(apiKey) });
  const order = async (key: string) => {
    const made = await provider().create(testContext(), { key, amountInPence: 4900, description: 'Allotment', reference: `TE-${key}`, returnUrl: 'http://localhost:4000/back', language: 'cy' });
    assert.ok(made.ok);
    return made.value;
  };
  const choose = (nextUrl: string, bank: string) => fetch(nextUrl, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ bank }) });
  const state = async (id: string) => (await provider().fetch(testContext(), id)).state;

  it('shows people a page in their language, on which they choose their bank, and sends them back', async () => {
    const { nextUrl = '', providerPaymentId } = await order('1');
    assert.match(await (await fetch(nextUrl)).text(), /<html lang="cy">[^]*£49\.00/);
    const answer = await choose(nextUrl, 'testham');
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, 'http://localhost:4000/back']);
    const { method } = await provider().fetch(testContext(), providerPaymentId);
    assert.deepEqual([await state(providerPaymentId), method], ['succeeded', { brand: 'Bank of Testham', lastDigits: '0042' }]);
    assert.equal((await fetch(nextUrl)).status, 410);
  });
  it('ends as the bank has it, or as the payer has decided', async () => {
    const ends: string[] = [];
    for (const bank of ['guild', 'millpond', 'none', 'no such bank']) {
      const { nextUrl = '', providerPaymentId } = await order(bank);
      await choose(nextUrl, bank);
      ends.push(await state(providerPaymentId));
    }
    assert.deepEqual(ends, ['failed', 'submitted', 'cancelled', 'created']);
  });
  it('is found by the check, which says what to do when the key is wrong', async () => {
    assert.equal((await provider().check()).ok, true);
    assert.match((await provider('another').check()).message, /does not accept the key \(401\)/);
  });
});
