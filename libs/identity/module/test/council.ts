import path from 'node:path';
import { demoOfficers, demoResidents } from '@guildhall/identity-provider-dev-oidc';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { defineModule, implement } from '@guildhall/kernel';
import { testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { NOTIFICATIONS } from '@guildhall/notifications-contract';
import { InMemoryNotifications } from '@guildhall/notifications-contract/testing';
import { Module } from '@nestjs/common';
import { identity } from '../src/index';
import { signInCode } from '../src/messages/sign-in-code';

/** A mailbox and a telephone: what arrives can be read at once. */
export class Post extends InMemoryNotifications {
  constructor() { super({ templates: [signInCode] }); }

  /** The code in the newest message to this address. */
  async newestCode(address: string): Promise<string> {
    await this.work();
    const found = this.arrived.filter((each) => (each.address.channel === 'email' ? each.address.email : each.address.channel === 'sms' ? each.address.phone : '') === address).at(-1);
    const code = found && /\b\d{6}\b/.exec(found.words)?.[0];
    if (!code) throw new Error(`No code came to ${address}.`);
    return code;
  }
}

@Module({ providers: [{ provide: Post, useFactory: () => new Post() }] })
class PostModule {}

/** Notifications without the module of that name. */
export const post = defineModule({ id: 'notifications', version: '0.1.0', packageFolder: path.join(__dirname, '../test'), nest: PostModule, provides: [implement(NOTIFICATIONS, Post)] });

/** Two councils with every way to sign in. */
export function councils() {
  const modules = [post(), identity({ residents: [oneTimeCode(), demoResidents()], officers: [demoOfficers()] })];
  return [testCouncilDefinition('riverbourne', 1, modules), testCouncilDefinition('glanafon', 2, modules)];
}

const TABLES = ['claim_code', 'sign_in', 'attempt', 'challenge', 'pending_way', 'throttle', 'logout_notice', 'officer_vouch', 'officer_role', 'officer_team', 'officer', 'team', 'machine_client', 'proved', 'person'];

/** Forgets everybody. */
export async function emptied(running: TestApp): Promise<void> {
  await running.owner.query(`truncate ${TABLES.map((table) => `identity.${table}`).join(', ')}, kernel.session, kernel.audit, kernel.event`);
}
