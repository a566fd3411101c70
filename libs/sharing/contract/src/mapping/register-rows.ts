import type { Text } from '@guildhall/kernel-contract';
import type { AddressValue, AttributeDefinition, AttributeForm, AttributeId, AttributeValue } from '../agreeing/vocabulary';
import { valueFault } from '../agreeing/vocabulary';
import type { Evidence } from '../asking/exchange';
import type { PersonKeys } from '../linking/person-keys';
import { dayIn, mappingFaults, noOf, yesOf, type AddressColumns, type ColumnRule, type OneColumn, type RegisterMapping } from './register-mapping';

/** What stands in a column of one row, as text; null or nothing where nothing stands. @public */
export type CellOf = (column: string) => string | null | undefined;

/** What one row tells. @public */
export interface RowRead {
  readonly evidence: readonly Evidence[];
  /** What stands there in a way that does not fit: it is not told. With `as-of` the row's day is none, and then nothing of it is. */
  readonly misfits: readonly (AttributeId | 'as-of')[];
}

/** Reads the rows of a register by its mapping: values are made into the form of their attribute, and what does not fit is counted and never told. @public */
export class RegisterRows {
  readonly attributes: readonly AttributeId[];
  /** What residents read of its source, where the mapping says it. */
  readonly sourceTitles: Readonly<Record<string, Text>>;
  readonly #rules: ReadonlyMap<AttributeId, Reading>;

  /** @throws Error with everything that is wrong with the mapping, in sentences */
  constructor(readonly mapping: RegisterMapping, definitions: readonly AttributeDefinition[]) {
    const faults = mappingFaults(mapping, definitions);
    if (faults.length > 0) throw new Error(faults.join(' '));
    this.#rules = new Map(definitions.flatMap((definition) => (Object.hasOwn(mapping.attributes, definition.id) ? [[definition.id, readingOf(definition, mapping.attributes[definition.id] as ColumnRule)]] : [])));
    this.attributes = [...this.#rules.keys()];
    this.sourceTitles = mapping.sourceTitle ? { [mapping.source]: mapping.sourceTitle } : {};
  }

  /** The columns that are read for these attributes, each once; of all of them unless told. */
  columnsFor(asked: readonly AttributeId[] = this.attributes): readonly string[] {
    const { localId, asOf } = this.mapping;
    const columns = asked.flatMap((id) => { const found = this.#rules.get(id); return found ? columnsOf(found.rule) : []; });
    return [...new Set([localId, ...(typeof asOf === 'string' ? [asOf] : []), ...columns])];
  }

  /** The person that a row is about; nothing where it names none. */
  localIdIn(cellOf: CellOf): string { return wordsIn(cellOf(this.mapping.localId)); }

  /**
   * What a row tells of these things.
   * @param otherwise the day that counts where the mapping names none: `2026-11-01`
   */
  read(cellOf: CellOf, asked: readonly AttributeId[], otherwise: string): RowRead {
    const { asOf, source, verified = null, dates } = this.mapping;
    const day = asOf === undefined ? otherwise : typeof asOf === 'string' ? dayIn(wordsIn(cellOf(asOf)), dates) : asOf.day;
    if (day === undefined) return { evidence: [], misfits: ['as-of'] };
    const evidence: Evidence[] = [];
    const misfits: AttributeId[] = [];
    for (const [attribute, reading] of this.#rules) {
      if (!asked.includes(attribute)) continue;
      const value = this.#valueOf(reading, cellOf);
      if (value === undefined) continue;
      if (value === MISFIT || valueFault(reading.form, value) !== undefined) misfits.push(attribute);
      else evidence.push({ attribute, value, asOf: day, source, verified });
    }
    return { evidence, misfits };
  }

  /** The name and the date of birth in a row, whatever else of it does not fit; nothing where either is not there. */
  namesIn(cellOf: CellOf): Pick<PersonKeys, 'name' | 'dateOfBirth'> | undefined {
    const [name, dateOfBirth] = ['person.name', 'person.date-of-birth'].map((id) => { const reading = this.#rules.get(id as AttributeId); return reading && this.#valueOf(reading, cellOf); });
    return typeof name === 'string' && typeof dateOfBirth === 'string' ? { name, dateOfBirth } : undefined;
  }

  #valueOf({ form, rule, yes, no }: Reading, cellOf: CellOf): AttributeValue | typeof MISFIT | undefined {
    if (!('column' in rule)) return addressIn(rule, cellOf);
    const cell = wordsIn(cellOf(rule.column));
    if (cell.includes(DAMAGED)) return MISFIT;
    if (form === 'yes-no') return yes.includes(cell.toLowerCase()) || (no.includes(cell.toLowerCase()) ? false : cell === '' ? undefined : MISFIT);
    if (cell === '') return undefined;
    return form === 'date' ? dayIn(cell, this.mapping.dates) ?? MISFIT : cell;
  }
}

/** How one attribute is read. */
interface Reading { readonly form: AttributeForm; readonly rule: ColumnRule; readonly yes: readonly string[]; readonly no: readonly string[] }
function readingOf({ form }: AttributeDefinition, rule: ColumnRule): Reading { return { form, rule, yes: yesOf(rule as Partial<OneColumn>), no: noOf(rule as Partial<OneColumn>) }; }

const MISFIT = Symbol('what stands there does not fit');
/** What a letter became that somebody read in another encoding than it was written in. */
const DAMAGED = '\ufffd';

function columnsOf(rule: ColumnRule): readonly string[] { return 'column' in rule ? [rule.column] : [...rule.lines, rule.postcode, ...(rule.uprn === undefined ? [] : [rule.uprn])]; }

/** A cell's words in one line: exports fill up with spaces, and break lines within a cell. Most need nothing done. */
function wordsIn(cell: string | null | undefined): string {
  if (cell == null || cell === '' || PLAIN.test(cell)) return cell ?? '';
  return cell.replace(/[\s\p{Cc}\u{FEFF}]+/gu, ' ').trim();
}
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

function addressIn({ lines, postcode, uprn }: AddressColumns, cellOf: CellOf): AddressValue | typeof MISFIT | undefined {
  const written = lines.map((line) => wordsIn(cellOf(line))).filter((line) => line !== '');
  const code = wordsIn(cellOf(postcode)).toUpperCase().replaceAll(' ', '');
  // Without leading noughts, as addresses have it: some registers fill it up to twelve digits, and write none as 0.
  const number = uprn === undefined ? '' : wordsIn(cellOf(uprn)).replace(/^0+/, '');
  if (written.some((line) => line.includes(DAMAGED))) return MISFIT;
  if (written.length === 0 && code === '' && number === '') return undefined;
  return { lines: written, postcode: code.replace(/^(.+)(...)$/, '$1 $2'), ...(number === '' ? {} : { uprn: number }) };
}
