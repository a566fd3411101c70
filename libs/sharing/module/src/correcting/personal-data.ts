import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, sql } from '@guildhall/kernel';
import { demand, isUuid, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { Correction, DisputeOutcome, Evidence, WordsToResident } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { unseal } from '../data/sealed';
import { WordsOfInformation } from '../information/words-of-information';
import { becauseIn } from '../looking/keep-look';
import { rowsOfPerson } from '../rights/rows-of-person';

const OUR_RECORD: Text = { en: 'Our record of sharing', cy: 'Ein cofnod o rannu' };
const WHAT: Text = { en: 'What', cy: 'Beth' };
const WORDS: Text = { en: 'What they wrote', cy: 'Yr hyn a ysgrifennwyd' };
const STILL_TOLD: Text = { en: 'the other body has not confirmed it yet, and must hear of it (UK GDPR, article 19)', cy: 'nid yw’r corff arall wedi’i gadarnhau eto, a rhaid iddo gael gwybod (GDPR y DU, erthygl 19)' };

/** What was answered to somebody who said that something is wrong, what other bodies are told of it, what they have told once, and why officers looked at what other bodies hold of them. */
@Injectable()
export class CorrectionsOfPerson implements PersonalData {
  readonly id = 'sharing.corrections';
  readonly order = 710;
  readonly title = { en: 'Put right, told once and looked at', cy: 'Wedi’i gywiro, wedi’i ddweud unwaith ac wedi’i weld' };
  constructor(private readonly db: Database, private readonly words: WordsOfInformation) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    const inWords = await this.words.of(ctx);
    for await (const { sealed, ...row } of rowsOfPerson<{ dispute_id: string; body_id: string; attribute: string; outcome: DisputeOutcome; answered_at: Date; sealed: Buffer | null }>(this.db, ctx, `
      select a.dispute_id, a.body_id, d.attribute, a.outcome, a.answered_at, a.sealed from sharing.dispute_answer a join sharing.dispute d on d.council_id = a.council_id and d.dispute_id = a.dispute_id where a.council_id = $1 and d.local_id = $2 and a.dispute_id || '/' || a.body_id > $3 order by a.dispute_id || '/' || a.body_id`, personId, (row) => `${row.dispute_id}/${row.body_id}`)) {
      const words = sealed && (JSON.parse(unseal(ctx, `dispute-answer ${row.dispute_id} ${row.body_id}`, sealed)) as WordsToResident);
      yield { id: `answer/${row.dispute_id}/${row.body_id}`, title: { en: 'The answer to what you said is wrong', cy: 'Yr ateb i’r hyn y dywedoch ei fod yn anghywir' }, source: inWords.body(row.body_id), since: row.answered_at, facts: [{ label: WHAT, value: inWords.attribute(row.attribute) }, { label: { en: 'Answer', cy: 'Ateb' }, value: inWords.say(`information.wrong.outcome.${row.outcome}`) }, ...(words ? [{ label: WORDS, value: { en: words.en ?? words.cy ?? '', cy: words.cy ?? words.en ?? '' } }] : [])], data: { ...row, words }, onErasure: { does: 'erase' } };
    }
    for await (const { sealed, ...row } of rowsOfPerson<{ change_id: string; kind: string; attribute: string; from_peer: string | null; created_at: Date; sealed: Buffer | null }>(this.db, ctx, `
      select change_id, kind, attribute, from_peer, created_at, sealed from sharing.change where council_id = $1 and local_id = $2 and change_id::text > $3 order by change_id::text`, personId, (row) => row.change_id)) {
      const evidence = sealed && (JSON.parse(unseal(ctx, `change ${row.change_id}`, sealed)) as Evidence);
      yield { id: `change/${row.change_id}`, title: { en: 'Told once, or put right elsewhere', cy: 'Wedi’i ddweud unwaith, neu wedi’i gywiro mewn man arall' }, source: row.from_peer === null ? { en: 'You', cy: 'Chi' } : inWords.body(row.from_peer), since: row.created_at, facts: [{ label: WHAT, value: inWords.attribute(row.attribute) }, ...(evidence ? [{ label: { en: 'It is now', cy: 'Dyma ydyw nawr' }, value: inWords.value(evidence.attribute, evidence.value) }] : [])], data: { ...row, evidence }, onErasure: { does: 'erase' } };
    }
    for await (const { sealed, is_waiting: isWaiting, ...row } of rowsOfPerson<{ message_id: string; peer_id: string; kind: string; created_at: Date; taken_at: Date | null; sealed: Buffer; is_waiting: boolean }>(this.db, ctx, `
      select message_id, peer_id, kind, created_at, taken_at, sealed, taken_at is null and turned_down_at is null as is_waiting from sharing.outgoing where council_id = $1 and local_id = $2 and message_id::text > $3 order by message_id::text`, personId, (row) => row.message_id)) {
      const message = JSON.parse(unseal(ctx, `outgoing ${row.message_id}`, sealed)) as Correction;
      yield { id: `message/${row.message_id}`, title: { en: 'Told to another body', cy: 'Wedi’i ddweud wrth gorff arall' }, source: OUR_RECORD, since: row.created_at, facts: [{ label: { en: 'To', cy: 'I' }, value: inWords.body(row.peer_id) }, { label: WHAT, value: inWords.attribute(message.attribute) }], data: { ...row, message }, onErasure: isWaiting ? { does: 'keep', because: STILL_TOLD, mustKeep: true } : { does: 'erase' } };
    }
    for await (const { sealed, ...row } of rowsOfPerson<{ exchange_id: string; peer_id: string; at: Date; sealed: Buffer }>(this.db, ctx, `select exchange_id, peer_id, at, sealed from sharing.look where council_id = $1 and local_id = $2 and exchange_id || '/' || peer_id > $3 order by exchange_id || '/' || peer_id`, personId, (row) => `${row.exchange_id}/${row.peer_id}`)) {
      const because = becauseIn(ctx, row.peer_id, row.exchange_id, sealed);
      yield { id: `look/${row.exchange_id}/${row.peer_id}`, title: { en: 'An officer looked at what another body holds', cy: 'Edrychodd swyddog ar yr hyn sydd gan gorff arall' }, source: OUR_RECORD, since: row.at, facts: [{ label: { en: 'The other body', cy: 'Y corff arall' }, value: inWords.body(row.peer_id) }, { label: { en: 'Reason', cy: 'Rheswm' }, value: because }], data: { ...row, because }, onErasure: { does: 'erase' }, needsReading: true };
    }
  }

  async erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    const [kind = '', id = '', peer = ''] = recordId.split('/');
    if (!isUuid(id)) return true;
    return this.db.run(ctx, async (tx) => {
      const values = [tx.council.id, personId, id];
      if (kind === 'answer') await sql(tx, 'delete from sharing.dispute_answer a using sharing.dispute d where a.council_id = $1 and d.council_id = $1 and d.local_id = $2 and a.dispute_id = $3 and d.dispute_id = $3 and a.body_id = $4', [...values, peer]);
      if (kind === 'change') await sql(tx, 'delete from sharing.change where council_id = $1 and local_id = $2 and change_id = $3', values);
      if (kind === 'look') await sql(tx, 'delete from sharing.look where council_id = $1 and local_id = $2 and exchange_id = $3 and peer_id = $4', [...values, peer]);
      if (kind !== 'message') return true;
      await sql(tx, 'delete from sharing.outgoing where council_id = $1 and local_id = $2 and message_id = $3 and (taken_at is not null or turned_down_at is not null)', values);
      return (await sql(tx, 'select message_id from sharing.outgoing where council_id = $1 and local_id = $2 and message_id = $3', values)).length === 0;
    });
  }
}
