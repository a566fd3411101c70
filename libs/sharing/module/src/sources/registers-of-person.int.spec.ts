import { ERASE_PERSONAL_DATA, PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalRecord } from '@guildhall/information-rights-contract';
import { defineModule, extensionsOf } from '@guildhall/kernel';
import { Unavailable, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { Module } from '@nestjs/common';
import { HOLDER, PAT, startTwoBodies, type TwoBodies } from '../../test/two-bodies';

@Module({})
class RightsModule {}
/** Where copies are put together. */
const rights = defineModule({ id: 'rights', version: '1.0.0', packageFolder: __dirname, nest: RightsModule, extensionPoints: [PERSONAL_DATA] });

describe('what a council’s registers say of somebody', () => {
  let two: TwoBodies;
  let ctx: RequestContext;
  beforeAll(async () => {
    two = await startTwoBodies({}, { alsoInstalled: [rights()] });
    ctx = two.app.context(HOLDER, { actor: { kind: 'system', job: 'a copy', permissions: new Set([READ_PERSONAL_DATA.id, ERASE_PERSONAL_DATA.id]) } });
  });
  afterAll(() => two?.close());
  const recordsOf = async (personId: string): Promise<readonly PersonalRecord[]> => {
    const records: PersonalRecord[] = [];
    for (const source of extensionsOf(ctx, PERSONAL_DATA)) for await (const record of source.read(ctx, personId as PersonId)) records.push(record);
    return records.filter(({ id }) => id.startsWith('register/'));
  };

  it('is in their copy, each register by its name and each fact with its day, as on the page of what is held', async () => {
    const [record, ...others] = await recordsOf(PAT.aldermoor);
    expect(others).toEqual([]);
    expect(record).toMatchObject({ id: 'register/known-people', title: { en: 'Council Tax register, One of our records', cy: expect.stringMatching(/^Cofrestr y Dreth Gyngor, /) }, since: new Date('2026-11-01T00:00:00Z') });
    expect(record?.facts).toEqual(expect.arrayContaining([{ label: { en: 'Current address, as at 1 November 2026', cy: 'Cyfeiriad presennol, ar 1 Tachwedd 2026' }, value: '1 Weir Lane, ZZ99 1AA' }, expect.objectContaining({ value: true })]));
    expect(JSON.stringify(record?.data)).toContain('990000012345');
    expect(await recordsOf('account-of-nobody')).toEqual([]);
  });

  it('is the register’s own to erase: it is kept, the reason is said, and it is still there', async () => {
    const [record] = await recordsOf(PAT.aldermoor);
    expect(record?.onErasure).toMatchObject({ does: 'keep', mustKeep: true, because: { en: expect.stringContaining('the team that keeps the register decides'), cy: expect.stringContaining('y tîm sy’n cadw’r gofrestr') } });
    const source = extensionsOf(ctx, PERSONAL_DATA).find(({ id }) => id === 'sharing.registers');
    expect(await source?.erase(ctx, PAT.aldermoor as PersonId, 'register/known-people')).toBe(false);
    expect(await recordsOf(PAT.aldermoor)).toHaveLength(1);
  });

  it('is not left out without a word where a register does not answer: the copy is made later', async () => {
    const read = jest.spyOn(two.people, 'read').mockRejectedValue(new Unavailable('The register does not answer.'));
    await expect(recordsOf(PAT.aldermoor)).rejects.toThrow(Unavailable);
    read.mockRestore();
  });
});
