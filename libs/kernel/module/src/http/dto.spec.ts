import { Type } from 'class-transformer';
import { IsInt, IsString, MaxLength, Min, ValidateNested } from 'class-validator';
import type { PipeTransform } from '@nestjs/common';
import { InvalidInput } from '@guildhall/kernel-contract';
import { dto, form } from './dto';

class Line {
  @IsInt() @Min(1) amountInPence!: number;
}
class TakePayment {
  @IsString() @MaxLength(20) reference!: string;
  @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
}
const check = async (value: unknown): Promise<unknown> => (new (dto(TakePayment))() as PipeTransform).transform(value, { type: 'body' }) as Promise<unknown>;
const refusal = async (value: unknown): Promise<InvalidInput> => check(value).then(() => { throw new Error('it was taken'); }, (error: InvalidInput) => error);

describe('a body', () => {
  it('is taken when it is what was declared', async () => {
    await expect(check({ reference: 'RB-1', lines: [{ amountInPence: 1 }] })).resolves.toBeInstanceOf(TakePayment);
  });
  it('is refused with the path of each mistake', async () => {
    const error = await refusal({ reference: 7, lines: [{ amountInPence: 0 }] });
    expect(error.code).toBe('invalid-input');
    expect(error.fields.map(({ field }) => field)).toEqual(['reference', 'lines.0.amountInPence']);
  });
  it.each([['an undeclared field', { reference: 'a', lines: [], isAdmin: true }], ['a list', []], ['nothing', null], ['text', 'x'], ['a number', 3], ['NUL in a value', { reference: 'a\u0000b', lines: [] }], ['another control in a value', { reference: 'a\u0001b', lines: [] }], ['NUL in a name', { 'a\u0000': 1 }]])('is refused when it is or has %s', async (_name, value) => {
    expect((await refusal(value)).code).toBe('invalid-input');
  });
});

describe('a form', () => {
  const take = (value: unknown): unknown => (new (form())() as PipeTransform).transform(value, { type: 'body' });
  it('is text by name', () => expect(take({ postcode: 'ZZ99 1AB', bins: ['1', '2'] })).toEqual({ postcode: 'ZZ99 1AB', bins: ['1', '2'] }));
  it('is without the controls that came with pasted words', () => expect(take({ name: 'Pat\u0001\u001b Jones\uffff', why: ['one\u000btwo\tthree\r\n'] })).toEqual({ name: 'Pat Jones', why: ['one\ntwo\tthree\r\n'] }));
  it.each([[{ a: { b: 'c' } }], [{ a: 1 }], [{ a: ['x', {}] }], [{ a: 'x\u0000' }]])('is refused when it is %j', (value) => expect(() => take(value)).toThrow(InvalidInput));
});
