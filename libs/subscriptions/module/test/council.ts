import { Injectable, Module } from '@nestjs/common';
import { MACHINE_CREDENTIALS, defineModule, implement, publish, type Database, type MachineCredentials } from '@guildhall/kernel';
import { defineEvent, defineServicePack, register, type RequestContext } from '@guildhall/kernel-contract';
import { CASES, CASE_PERMISSIONS, CASE_TYPE, CaseMoved, CaseOpened } from '@guildhall/cases-contract';
import { testPothole } from '@guildhall/cases-contract/testing';
import { MANAGE_SUBSCRIPTIONS, webhookSecret } from '@guildhall/subscriptions-contract';
import { kitEvents } from '@guildhall/subscriptions-contract/testing';

/** Not for outside: its contract names no field. */
export const PersonMoved = defineEvent<{ readonly personId: string }>('town.person-moved');
/** Of a module of somebody else's, which names no type of case. */
export const BinEmptied = defineEvent<{ readonly binId: string; readonly crew: string }>('town.bin-emptied', 2, { describes: 'A bin has been emptied.', subject: 'binId', fields: ['binId'] });

@Module({})
class TownModule {}
/** Stands for every module that publishes. */
export const town = defineModule({ id: 'town', version: '0.1.0', packageFolder: __dirname, nest: TownModule, events: [CaseOpened, CaseMoved, PersonMoved, BinEmptied] });

@Injectable()
class NoCases {}
@Module({ providers: [NoCases] })
class KitTownModule {}
/** Where the kit's events happen, and there is a type of case. */
export const kitTown = defineModule({ id: 'kit-town', version: '0.1.0', packageFolder: __dirname, nest: KitTownModule, events: kitEvents, provides: [implement(CASES, NoCases as never)], permissions: CASE_PERMISSIONS, registers: [register(CASE_TYPE, testPothole)] });

/** A machine that may manage subscriptions, and one that may not. */
export function machines(): ReturnType<typeof defineServicePack> {
  const credentials: MachineCredentials = { authenticate: (_ctx, clientId, secret) => Promise.resolve(secret === 'correct' ? { clientId, permissions: clientId === 'hub' ? [MANAGE_SUBSCRIPTIONS.id] : [] } : undefined) };
  return defineServicePack({ id: 'machines', version: '0.1.0', options: {}, requires: [], registers: [register(MACHINE_CREDENTIALS, { id: 'machines', ...credentials } as MachineCredentials)] });
}

/** Something happens in the council. */
export async function caseOpened(db: Database, ctx: RequestContext, caseId: string, caseType = 'pothole'): Promise<void> {
  await db.run(ctx, async (tx) => publish(tx, CaseOpened, { caseId, caseType, caseTypeVersion: 1, state: 'new', entryId: '01990000-0000-7000-8000-0000000000e1', personId: '01990000-0000-7000-8000-0000000000a1', isToldElsewhere: true }));
}

/** No receiver's. */
export const NO_SECRET = webhookSecret(Buffer.alloc(32));
