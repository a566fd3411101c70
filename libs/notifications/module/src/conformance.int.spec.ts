import { Secret, testConformance, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, plainOutbound } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { HttpNotifications, NOTIFICATIONS, type NotificationsApi } from '@guildhall/notifications-contract';
import { kitTemplates, notificationsKit, type NotificationsHarness } from '@guildhall/notifications-contract/testing';
import { FarEnd, kitPack } from '../test/council';
import { notifications } from './index';

const clock = new FixedClock();
const ids = new SeededIds(7);
const farEnd = new FarEnd();
const modules = [notifications({ providers: [farEnd.provider()] }), kitPack(kitTemplates)];
let running: TestApp;

beforeAll(async () => {
  running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, modules), testCouncilDefinition('glanafon', 2, modules)], clock });
});
afterAll(() => running.close());

function harness(api: NotificationsApi): NotificationsHarness {
  farEnd.does = 'accepts';
  farEnd.arrived.length = 0;
  const contextOf = (actor: RequestContext['actor']): RequestContext => running.context('riverbourne', { actor });
  return {
    api, contextOf, otherCouncil: () => running.systemContext('glanafon'), newId: () => ids.uuid(),
    work: async () => void (await running.drainJobs()),
    async pass(seconds) { clock.advance(seconds); await running.drainJobs(); },
    farEnd: (does) => { farEnd.does = does; },
    arrived: () => farEnd.seen(),
  };
}

testConformance<NotificationsHarness>(notificationsKit, { describe: (name, body) => describe(`${name}, the module`, body), it }, {
  abilities: ['actors', 'councils'],
  // Time moves between cases, so that what one left waiting does not come due in the next.
  async open() { clock.advance(60); await running.drainJobs(); return harness(running.get<NotificationsApi>(NOTIFICATIONS.token)); },
});

testConformance<NotificationsHarness>(notificationsKit, { describe: (name, body) => describe(`${name}, the module over HTTP`, body), it }, {
  async open() { clock.advance(60); await running.drainJobs(); return harness(new HttpNotifications({ origin: running.origin(), outbound: plainOutbound, credential: new Secret('kit.correct') })); },
});
