import { Module } from '@nestjs/common';
import { defineModule, implement } from '@guildhall/kernel';
import type { Installation } from '@guildhall/kernel-contract';
import { NOTIFICATIONS } from '@guildhall/notifications-contract';
import { InMemoryNotifications } from '@guildhall/notifications-contract/testing';

/** What is sent, by the fake of the notifications' contract. */
export function hearsMessages(notifications: InMemoryNotifications): Installation {
  @Module({ providers: [{ provide: InMemoryNotifications, useValue: notifications }] })
  class MessagesModule {}
  return defineModule({ id: 'messages', version: '0.1.0', packageFolder: __dirname, nest: MessagesModule, provides: [implement(NOTIFICATIONS, InMemoryNotifications)] })();
}
