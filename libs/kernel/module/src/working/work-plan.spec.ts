import { defineEvent, type EventHandler } from '@guildhall/kernel-contract';
import { defineModule, on, onOutward } from '../assembling/define-module';
import { WorkPlan } from './work-plan';

class Handles implements EventHandler<object> {
  async handle(): Promise<void> { /* nothing is asked of it here */ }
}
const Opened = defineEvent<{ readonly caseId: string }>('cases.case-opened', 1, { describes: 'A case has been opened.', subject: 'caseId', fields: ['caseId'] });
const SignedIn = defineEvent<{ readonly personId: string }>('identity.person-signed-in');
const moduleOf = (id: string, subscribers: Parameters<typeof defineModule>[0]['subscribers']) => defineModule({ id, version: '0.1.0', packageFolder: __dirname, nest: class {}, subscribers }).definition as never;
const plan = new WorkPlan([moduleOf('cases', [on('cases.first', Opened, Handles), on('cases.second', SignedIn, Handles)]), moduleOf('subscriptions', [onOutward('subscriptions.take', Handles)])]);
const all = (): boolean => true;

describe('who is told of an event', () => {
  it('is whoever subscribed to it, and whoever subscribed to all that may be told outside', () => {
    expect(plan.subscribersOf(Opened, all)).toEqual(['cases.first', 'subscriptions.take']);
  });
  it('is nobody of the latter when the event’s contract does not say what may be told', () => {
    expect(plan.subscribersOf(SignedIn, all)).toEqual(['cases.second']);
  });
  it('is nobody whose module the council has not chosen', () => {
    expect(plan.subscribersOf(Opened, (module) => module === 'cases')).toEqual(['cases.first']);
    expect(plan.subscribersOf(Opened, () => false)).toEqual([]);
  });
});
