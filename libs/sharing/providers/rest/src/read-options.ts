import { KEY_ATTRIBUTES, RegisterRows, STARTER_ATTRIBUTES } from '@guildhall/sharing-contract';
import { AddressTemplate } from './address-template';
import { isPointer } from './json-pointer';
import type { RestRegisterOptions } from './rest-register.options';

/** What is made of the options once, whatever the API has. */
export interface ReadOptions {
  readonly address: AddressTemplate;
  readonly search: AddressTemplate | undefined;
  readonly rows: RegisterRows;
  /** The pointers at which `true` and `false` are meant. */
  readonly yesOrNo: ReadonlySet<string>;
}

/** @throws Error with a sentence about the first thing that cannot work */
export function readOptions(options: RestRegisterOptions): ReadOptions {
  try {
    return made(options);
  } catch (error) {
    throw new Error(`restRegister: ${error instanceof Error ? error.message : 'the options cannot work.'}`, { cause: error });
  }
}

function made({ name, address, credentialHeader, person = '', mapping, find, vocabulary, timeoutInSeconds = 2, testPerson }: RestRegisterOptions): ReadOptions {
  if (name !== undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new Error(`the name "${name}" must be lower-case words with hyphens.`);
  if (credentialHeader !== undefined && !/^[A-Za-z][A-Za-z0-9-]*$/.test(credentialHeader)) throw new Error(`the header "${credentialHeader}" must be a name like X-API-Key.`);
  if (!(timeoutInSeconds > 0)) throw new Error('timeoutInSeconds must be more than 0.');
  const definitions = vocabulary?.attributes ?? STARTER_ATTRIBUTES;
  const rows = new RegisterRows(mapping, definitions);
  const wrong = [...rows.columnsFor(), person, find?.people ?? '', find?.total ?? ''].find((pointer) => !isPointer(pointer));
  if (wrong !== undefined) throw new Error(`"${wrong}" is no JSON Pointer: write it like /liable/name.`);
  const missing = find && KEY_ATTRIBUTES.find((key) => !rows.attributes.includes(key));
  if (missing) throw new Error(`nobody can be found without ${missing}: add it to the mapping, or leave "find" out.`);
  const template = new AddressTemplate(address, '{id}');
  if (testPerson !== undefined && template.of(testPerson) === undefined) throw new Error(`nobody can be called "${testPerson}", as the testPerson is.`);
  const yesOrNo = definitions.filter(({ id, form }) => form === 'yes-no' && Object.hasOwn(mapping.attributes, id)).flatMap(({ id }) => { const rule = mapping.attributes[id]; return rule && 'column' in rule ? [rule.column] : []; });
  return { address: template, search: find && new AddressTemplate(find.address, '{dateOfBirth}'), rows, yesOrNo: new Set(yesOrNo) };
}
