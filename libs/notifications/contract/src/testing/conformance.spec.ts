import { testConformance } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testContext, testCouncil } from '@guildhall/kernel-contract/testing';
import type { CouncilId } from '@guildhall/kernel-contract';
import { READ_MESSAGES, RETRY_MESSAGES, maskedAddress } from '../index';
import type { Address } from '../index';
import { inMemoryNotifications, kitTemplates, notificationsKit, type NotificationsHarness } from './index';

const fullAddress = (address: Address): string => (address.channel === 'email' ? address.email : address.channel === 'sms' ? address.phone : address.lines.join('\n')) || maskedAddress(address);

testConformance<NotificationsHarness>(notificationsKit, { describe, it }, {
  abilities: ['actors', 'councils'],
  async open() {
    const clock = new FixedClock();
    const ids = new SeededIds();
    const api = inMemoryNotifications({ templates: kitTemplates, now: () => clock.now() });
    return {
      api, newId: () => ids.uuid(), contextOf: (actor) => testContext({ actor }),
      otherCouncil: () => testContext({ council: testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'otherham' }), actor: { kind: 'system', job: 'kit', permissions: new Set([READ_MESSAGES.id, RETRY_MESSAGES.id]) } }),
      work: () => api.work(),
      async pass(seconds) { clock.advance(seconds); await api.work(); },
      farEnd: (does) => api.farEnd(does),
      arrived: () => api.arrived.map((each) => ({ reference: each.message.messageId, channel: each.address.channel, to: fullAddress(each.address), words: each.words })),
    };
  },
});
