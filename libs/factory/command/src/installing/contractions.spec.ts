import { contractionsIn } from './contractions';

const found = (text: string, file = 'dist/data/migrations.js'): readonly string[] => [...contractionsIn(new Map([[file, Buffer.from(text)]]))];

describe('what migrations take away', () => {
  it.each([
    ['exports.a = `alter table parking.permit drop column colour;`', ['drop column colour']],
    ['`DROP TABLE IF EXISTS parking.old_permit`', ['drop table if exists parking.old_permit']],
    ['`alter table parking.permit rename column plate to registration`', ['rename column plate to registration']],
    ['`alter table parking.permit\n  alter column fee type bigint;`', ['alter column fee type bigint']],
    ['`alter table parking.permit alter zone set not null, alter column fee set data type bigint;`', ['alter zone set not null', 'alter column fee set data type bigint']],
    ['`alter table parking.permit add column zone text not null;`', ['add column zone text not null']],
    ['`alter table parking.permit alter column fee drop default;`', ['drop default']],
    ['`alter table parking.permit add column fee numeric(10, 2) not null;`', ['add column fee numeric(10, 2) not null']],
    ['`alter table parking.permit add zone text not null, add colour text`', ['add zone text not null']],
    [`alter table parking.permit add column fee numeric(10, 2) not null default round(1.5, 2);`, []],
    [`alter table parking.permit add column zone text not null default 'A', add column at timestamptz not null default now();`, []],
    ['`alter table parking.permit add column zone text, add column colour text not null`', ['add column colour text not null']],
    ['`alter table parking.permit add constraint fee_is_positive check (fee > 0), drop constraint old;`', ['add constraint fee_is_positive check']],
    ['`alter table parking.permit drop constraint kind_is_known, add constraint kind_is_known check (kind in (1, 2, 3));`', []],
    ['`drop view parking.open_permit; drop function parking.fee_of(uuid);`', ['drop view parking.open_permit', 'drop function parking.fee_of']],
    [`[(0, kernel_1.migration)('001-permit', \`create table parking.permit (id uuid)\`), (0, kernel_1.migration)('002-less', \`delete from parking.permit\`, 'contract'), (0, kernel_1.migration)('003-more', \`select 1\`)]`, ['migration 002-less']],
    ['`create table parking.permit (id uuid); alter table parking.permit add column zone text; drop index parking.by_zone;`', []],
  ])('%s', (text, expected) => { expect(found(text)).toEqual(expected); });
  it('is found in whichever file a migration is declared', () => {
    expect(found(`(0, kernel_1.migration)('004-no-colour', 'alter table parking.permit drop column colour', 'contract')`, 'dist/parking.module.js')).toEqual(['migration 004-no-colour', 'drop column colour']);
  });
  it('is looked for in migrations alone', () => { expect(found('drop table parking.permit;', 'README.md')).toEqual([]); });
});
