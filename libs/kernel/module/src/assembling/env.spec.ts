import { inspect } from 'node:util';
import { CouncilEnv } from './env';

describe("a council's settings", () => {
  it('are all reported at once when they are missing or malformed', () => {
    const env = new CouncilEnv('riverbourne', { PORT_RANGE: 'many', SITE: 'not an address' }, false, undefined);
    env.string('CLIENT_ID');
    env.integer('PORT_RANGE');
    env.url('SITE');
    env.secret('API_KEY');
    expect(() => env.failIfWrong()).toThrow(/CLIENT_ID is missing[\s\S]*PORT_RANGE is "many"[\s\S]*SITE is "not an address"[\s\S]*API_KEY is missing/);
  });

  it('are read under the council\'s own name first', () => {
    const env = new CouncilEnv('river-bourne', { RIVER_BOURNE_FEE: '55', FEE: '60' }, true, undefined);
    expect(env.integer('FEE')).toBe(55);
  });

  it('never give one council another council\'s secret: with several in a process only the own name counts', () => {
    const shared = new CouncilEnv('riverbourne', { API_KEY: 'for-everybody' }, true, undefined);
    shared.secret('API_KEY');
    expect(() => shared.failIfWrong()).toThrow('RIVERBOURNE_API_KEY is missing: it is a secret and has no default.');
    const own = new CouncilEnv('riverbourne', { RIVERBOURNE_API_KEY: 'mine' }, true, undefined);
    expect(own.secret('API_KEY').reveal()).toBe('mine');
    own.failIfWrong();
  });

  it('print no secret', () => {
    const secret = new CouncilEnv('riverbourne', { API_KEY: 'do-not-print' }, false, undefined).secret('API_KEY');
    expect(`${secret} ${JSON.stringify({ secret })} ${inspect(secret)}`).not.toContain('do-not-print');
  });

  it('give the development address as origin only while developing', () => {
    expect(new CouncilEnv('riverbourne', {}, false, 'http://localhost:4000').origin()).toBe('http://localhost:4000');
    const production = new CouncilEnv('riverbourne', {}, false, undefined);
    production.origin();
    expect(() => production.failIfWrong()).toThrow('PUBLIC_ORIGIN is missing');
  });
});
