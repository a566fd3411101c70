import { contractionsIn } from './contractions';

const found = (text: string, file = 'dist/data/migrations.js'): readonly string[] => [...contractionsIn(new Map([[file, Buffer.from(text)]]))];

describe('what migrations take away', () => {
  it.each([
    ['exports.a = `alter table parking.permit drop column colour;`', ['drop column colour']],
    ['`DROP TABLE IF EXISTS parking.old_permit`', ['drop table if exists parking.old_permit']],
    ['`alter table parking.permit rename column plate to registration`', ['rename column plate to registration']],
    ['`alter table parking.permit\n  alter column fee type bigint;`', ['alter column fee type bigint']],
    ['`create table parking.permit (id uuid); alter table parking.permit add column zone text; drop index parking.by_zone;`', []],
  ])('%s', (text, expected) => { expect(found(text)).toEqual(expected); });
  it('is looked for in migrations alone', () => { expect(found('drop table parking.permit;', 'README.md')).toEqual([]); });
});
