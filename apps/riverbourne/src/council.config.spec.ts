import { GuildhallModule } from '@guildhall/kernel';
import { riverbourne } from './council.config';
import { riverbourneOnOpenStandards } from './open-standards.config';

const sandboxes = ['payments.sandbox-redirect', 'notifications.outbox', 'identity.demo-officers', 'identity.demo-residents', 'addresses.local-gazetteer'];
const inProduction = (accepted: string, council = riverbourne): unknown => GuildhallModule.forRoot(council, { databaseUrl: 'postgres://nobody@localhost/none', isDevelopment: false, settings: { PUBLIC_ORIGIN: 'https://apps.riverbourne.example', ACCEPTED_SANDBOXES: accepted } });

describe('Riverbourne in production', () => {
  it('takes the sandboxes that ACCEPTED_SANDBOXES names, however people part them, and no other', () => {
    expect(() => inProduction(sandboxes.join(','))).not.toThrow();
    expect(() => inProduction(` ${sandboxes.join(' , ')},`)).not.toThrow();
    expect(() => inProduction('')).toThrow('notifications.outbox is a sandbox');
    expect(() => inProduction(sandboxes.slice(1).join(', '))).toThrow(/payments\.sandbox-redirect is a sandbox(?!.*outbox is a sandbox)/s);
  });
  it('takes no simulator for the system that it stands for', () => {
    for (const simulated of ['documents.s3', 'documents.clamav', 'notifications.smtp', 'payments.stripe']) expect(() => inProduction(sandboxes.join(','), riverbourneOnOpenStandards)).toThrow(`${simulated} is a sandbox`);
  });
});
