import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalFact, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, Sessions, audit, providerTitleOf, sql, write } from '@guildhall/kernel';
import { CLOCK, demand, isUuid, type Clock, type PersonId, type RequestContext, type Text, type TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { PROVED_COLUMNS, type ProvedRow } from '../people/proved-person';

const YOU: Text = { en: 'You', cy: 'Chi' };
const ERASE = { does: 'erase' } as const;

interface PersonRow {
  readonly name: string | null; readonly email: string | null; readonly email_verified_at: Date | null; readonly phone: string | null; readonly phone_verified_at: Date | null; readonly preferred_language: string | null; readonly uprn: string | null;
  readonly address: readonly string[] | null; readonly is_assisted: boolean; readonly assisted_authority: string | null; readonly assisted_checks: readonly string[]; readonly created_at: Date; readonly updated_at: Date;
}

/** Somebody's details, their ways to sign in, the devices on which they are signed in, and what waits for a proof. */
@Injectable()
export class DetailsOfPerson implements PersonalData {
  readonly id = 'identity.details';
  readonly order = 100;
  readonly title = { en: 'Your details and how you sign in', cy: 'Eich manylion a sut rydych yn mewngofnodi' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(Sessions) private readonly sessions: Sessions, @Inject(CLOCK) private readonly clock: Clock) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    const values = [ctx.council.id, personId];
    const [person] = await this.db.query<PersonRow>(ctx, 'select name, email, email_verified_at, phone, phone_verified_at, preferred_language, uprn, address, is_assisted, assisted_authority, assisted_checks, created_at, updated_at from identity.person where council_id = $1 and person_id = $2', values);
    if (!person) return;
    const claims = await this.db.query<{ claim_id: string; subject_type: string | null; subject_id: string | null; issued_at: Date; expires_at: Date; claimed_at: Date | null }>(ctx, `
      select claim_id, subject_type, subject_id, issued_at, expires_at, claimed_at from identity.claim_code where council_id = $1 and (assisted_person_id = $2 or claimed_by = $2) order by issued_at, claim_id limit 1000`, values);
    // A row that was erased stays, with nothing in it.
    if (factsOf(person).length > 0) {
      yield {
        id: 'person', title: { en: 'Your details', cy: 'Eich manylion' }, since: person.created_at, facts: factsOf(person), onErasure: ERASE,
        source: person.is_assisted ? { en: 'You, through an adviser', cy: 'Chi, drwy gynghorydd' } : { en: 'You, or how you sign in', cy: 'Chi, neu’r ffordd rydych yn mewngofnodi' },
        data: { personId, ...person, claims },
      };
    }
    const [proved] = await this.db.query<ProvedRow>(ctx, `select ${PROVED_COLUMNS} from identity.proved where council_id = $1 and person_id = $2`, values);
    if (proved) {
      yield {
        id: 'proved', title: { en: 'What was proved of you when you signed in', cy: 'Yr hyn a brofwyd amdanoch wrth i chi fewngofnodi' }, source: { en: 'How you sign in', cy: 'Y ffordd rydych yn mewngofnodi' }, since: proved.proved_at, onErasure: ERASE, data: proved,
        facts: present([[{ en: 'Name', cy: 'Enw' }, proved.name], [{ en: 'Date of birth', cy: 'Dyddiad geni' }, proved.date_of_birth], [{ en: 'Property reference number', cy: 'Cyfeirnod eiddo' }, proved.uprn], [{ en: 'Address', cy: 'Cyfeiriad' }, proved.address?.join(', ') ?? null]]),
      };
    }
    for (const row of await this.db.query<{ sign_in_id: string; provider: string; issuer: string; created_at: Date; last_used_at: Date }>(ctx, 'select sign_in_id, provider, issuer, created_at, last_used_at from identity.sign_in where council_id = $1 and person_id = $2 order by created_at, sign_in_id limit 1000', values)) {
      yield {
        id: `sign-in/${row.sign_in_id}`, title: { en: 'A way to sign in', cy: 'Ffordd o fewngofnodi' }, source: YOU, since: row.created_at, onErasure: ERASE, data: row,
        facts: [{ label: { en: 'By', cy: 'Drwy' }, value: providerTitleOf(ctx, row.provider) }, { label: { en: 'Last used', cy: 'Defnyddiwyd ddiwethaf' }, value: row.last_used_at }],
      };
    }
    for (const { id, device, createdAt, seenAt } of await this.sessions.ofPerson(ctx, personId, undefined)) {
      yield { id: `session/${id}`, title: { en: 'A device on which you are signed in', cy: 'Dyfais rydych wedi mewngofnodi arni' }, source: { en: 'Your browser', cy: 'Eich porwr' }, since: createdAt, onErasure: ERASE, data: { id, device, createdAt, seenAt }, facts: [{ label: { en: 'Device', cy: 'Dyfais' }, value: device }, { label: { en: 'Last used', cy: 'Defnyddiwyd ddiwethaf' }, value: seenAt }] };
    }
    for (const row of await this.#unproved(ctx, personId)) {
      yield { id: `${row.kind}/${row.id}`, title: { en: 'An address that waits for a proof', cy: 'Cyfeiriad sy’n aros am brawf' }, source: YOU, since: row.begun_at, onErasure: ERASE, data: row, facts: [{ label: { en: 'Address', cy: 'Cyfeiriad' }, value: row.address ?? '' }, ...(row.name === null ? [] : [{ label: { en: 'Name', cy: 'Enw' }, value: row.name }])] };
    }
  }

  async erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    const [kind = '', id = ''] = recordId.split('/');
    // An id of something else is nothing of theirs, and no reason to end everything.
    if (!['person', 'proved'].includes(recordId) && (kind === 'session' ? id === '' : !isUuid(id))) return true;
    if ((kind === 'challenge' || kind === 'pending') && !(await this.#unproved(ctx, personId)).some((one) => one.kind === kind && one.id === id)) return !(await this.#isThere(ctx, kind, id));
    await this.db.run(ctx, async (tx) => {
      const values = [tx.council.id, personId];
      switch (kind) {
        case 'person': return recordId === 'person' ? this.#erasePerson(tx, personId) : undefined;
        case 'proved': return recordId === 'proved' ? write(tx, 'delete from identity.proved where council_id = $1 and person_id = $2', values) : undefined;
        case 'sign-in': return write(tx, 'delete from identity.sign_in where council_id = $1 and person_id = $2 and sign_in_id = $3', [...values, id]);
        case 'session': return this.sessions.endOfPerson(tx, personId, id);
        case 'challenge': return write(tx, 'delete from identity.challenge where council_id = $1 and challenge_id = $2', [tx.council.id, id]);
        case 'pending': return write(tx, 'delete from identity.pending_way where council_id = $1 and pending_id = $2', [tx.council.id, id]);
      }
    });
    return true;
  }

  /** Whether it is there, whoever it is of: of an address that they no longer have, say. */
  async #isThere(ctx: RequestContext, kind: 'challenge' | 'pending', id: string): Promise<boolean> {
    const [row] = await this.db.query(ctx, kind === 'challenge' ? 'select 1 as there from identity.challenge where council_id = $1 and challenge_id = $2' : 'select 1 as there from identity.pending_way where council_id = $1 and pending_id = $2', [ctx.council.id, id]);
    return row !== undefined;
  }

  /** The row stays without anything in it: what has to be kept elsewhere goes on naming it, and whom it named nobody can say any more. */
  async #erasePerson(tx: TransactionContext, personId: PersonId): Promise<void> {
    const values = [tx.council.id, personId];
    await sql(tx, `update identity.person set name = null, email = null, email_normalised = null, email_verified_at = null, phone = null, phone_normalised = null, phone_verified_at = null, preferred_language = null, uprn = null, address = null,
      assisted_authority = null, assisted_checks = '{}', updated_at = $3 where council_id = $1 and person_id = $2`, [...values, this.clock.now()]);
    write(tx, 'delete from identity.proved where council_id = $1 and person_id = $2', values);
    // Nobody comes back into what is erased, by whatever way has been added meanwhile.
    write(tx, 'delete from identity.sign_in where council_id = $1 and person_id = $2', values);
    write(tx, 'update identity.claim_code set expires_at = least(expires_at, $3) where council_id = $1 and assisted_person_id = $2 and claimed_at is null', [...values, this.clock.now()]);
    await this.sessions.endOfPerson(tx, personId);
    audit(tx, { action: 'identity.erase-person', subject: { type: 'person', id: personId }, personId });
  }

  /** Codes that were asked for, and ways in that are being added: of their account, or of an address that is theirs. */
  #unproved(ctx: RequestContext, personId: PersonId): Promise<readonly { readonly kind: 'challenge' | 'pending'; readonly id: string; readonly address: string | null; readonly name: string | null; readonly begun_at: Date; readonly expires_at: Date }[]> {
    return this.db.query(ctx, `
      with theirs as (select email_normalised, phone_normalised from identity.person where council_id = $1 and person_id = $2)
      select 'challenge' as kind, c.challenge_id::text as id, c.address, null::text as name, c.begun_at, c.expires_at from identity.challenge c, theirs where c.council_id = $1 and (c.adds_to = $2 or c.address = theirs.email_normalised or c.address = theirs.phone_normalised)
      union all select 'pending', p.pending_id::text, p.address, p.name, p.expires_at, p.expires_at from identity.pending_way p, theirs where p.council_id = $1 and (p.address = theirs.email_normalised or p.address = theirs.phone_normalised)
      order by begun_at limit 1000`, [ctx.council.id, personId]);
  }
}

function factsOf(person: PersonRow): readonly PersonalFact[] {
  return present([
    [{ en: 'Name', cy: 'Enw' }, person.name], [{ en: 'Email address', cy: 'Cyfeiriad e-bost' }, person.email], [{ en: 'Email address proved', cy: 'Profwyd y cyfeiriad e-bost' }, person.email_verified_at], [{ en: 'Telephone number', cy: 'Rhif ffôn' }, person.phone],
    [{ en: 'Telephone number proved', cy: 'Profwyd y rhif ffôn' }, person.phone_verified_at], [{ en: 'Language', cy: 'Iaith' }, person.preferred_language], [{ en: 'Property reference number', cy: 'Cyfeirnod eiddo' }, person.uprn], [{ en: 'Address', cy: 'Cyfeiriad' }, person.address?.join(', ') ?? null],
  ]);
}

function present(facts: readonly (readonly [Text, string | Date | null])[]): readonly PersonalFact[] {
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}
