import type { ProvedAddress } from '@guildhall/identity-contract';

const MOST_LINES = 7;
const LONGEST_LINE = 100;

/**
 * The address at which somebody lives now, of those that One Login has: it lists earlier ones too. Its fields are those of OS Places (Royal Mail's PAF).
 * @param claim the array of `https://vocab.account.gov.uk/v1/address`
 */
export function provedAddressIn(claim: unknown, today: string): ProvedAddress | undefined {
  const all = Array.isArray(claim) ? claim.filter(isObject) : [];
  const current = all
    .filter(({ validFrom, validUntil }) => !(typeof validUntil === 'string' && validUntil < today) && !(typeof validFrom === 'string' && validFrom > today))
    .sort((one, two) => textIn(two, 'validFrom').localeCompare(textIn(one, 'validFrom')))[0];
  const lines = current ? linesOf(current) : [];
  if (!current || lines.length === 0) return undefined;
  return { lines, ...(uprnOf(current.uprn) ? { uprn: uprnOf(current.uprn) } : {}) };
}

/** One Login writes a UPRN as a number, and everybody else as text of up to 12 digits. */
export function uprnOf(uprn: unknown): string | undefined {
  const text = typeof uprn === 'number' && Number.isSafeInteger(uprn) ? String(uprn) : typeof uprn === 'string' ? uprn : '';
  return /^[1-9]\d{0,11}$/.test(text) ? text : undefined;
}

function linesOf(address: Readonly<Record<string, unknown>>): readonly string[] {
  const [number, ...rest] = [textIn(address, 'buildingNumber'), textIn(address, 'dependentStreetName'), textIn(address, 'streetName')].filter(Boolean);
  // A number stands on the line of the street that it belongs to.
  const streets = number === textIn(address, 'buildingNumber') && rest.length > 0 ? [`${number} ${rest[0]}`, ...rest.slice(1)] : [number ?? '', ...rest];
  const premises = [textIn(address, 'departmentName'), textIn(address, 'organisationName'), [textIn(address, 'subBuildingName'), textIn(address, 'buildingName')].filter(Boolean).join(', ')];
  const places = [textIn(address, 'doubleDependentAddressLocality'), textIn(address, 'dependentAddressLocality'), textIn(address, 'addressLocality')];
  const postcode = textIn(address, 'postalCode');
  const before = [...premises, ...streets, ...places].filter(Boolean).map((line) => line.slice(0, LONGEST_LINE));
  // Of an address with more lines than an envelope has, the place matters more than the department.
  return postcode && before.length > 0 ? [...before.slice(-(MOST_LINES - 1)), postcode] : [];
}

function textIn(address: Readonly<Record<string, unknown>>, name: string): string {
  const value = address[name];
  return typeof value === 'string' ? value.trim() : '';
}
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
