import { GuildhallModule } from '@guildhall/kernel';
import { riverbourne } from './council.config';

const sandboxes = ['payments.sandbox-redirect', 'notifications.outbox', 'identity.demo-officers', 'identity.demo-residents', 'addresses.local-gazetteer'];
const inProduction = (accepted: string): unknown => GuildhallModule.forRoot(riverbourne, { databaseUrl: 'postgres://nobody@localhost/none', isDevelopment: false, settings: { PUBLIC_ORIGIN: 'https://apps.riverbourne.example', ACCEPTED_SANDBOXES: accepted } });

describe('Riverbourne in production', () => {
  it('takes the sandboxes that ACCEPTED_SANDBOXES names, however people part them, and no other', () => {
    expect(() => inProduction(sandboxes.join(','))).not.toThrow();
    expect(() => inProduction(` ${sandboxes.join(' , ')},`)).not.toThrow();
    expect(() => inProduction('')).toThrow('notifications.outbox is a sandbox');
    expect(() => inProduction(sandboxes.slice(1).join(', '))).toThrow(/payments\.sandbox-redirect is a sandbox(?!.*outbox is a sandbox)/s);
  });
});
