/**
 * Numbers that could be a living person's. Fixtures use invented ones: National Insurance numbers with a prefix never given out (QQ 12 34 56 C, HMRC's own example), and
 * NHS numbers from 999 (never given out, kept for tests) or with a wrong check digit.
 *
 * @param {string} text
 * @returns {{ kind: string, index: number, instead: string }[]}
 */
export function realLookingNumbers(text) {
  return [...nationalInsuranceNumbers(text), ...nhsNumbers(text)];
}

// HMRC, National Insurance Manual NIM39110: letters that are not used, and prefixes that are not given out.
const NATIONAL_INSURANCE = /(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])/g;
// NHS Data Dictionary, "NHS NUMBER": ten digits, written 3-3-4, the last a check digit modulo 11.
const NHS = /(?<![\w.-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\w-]|\.\d)/g;

function nationalInsuranceNumbers(text) {
  return [...text.matchAll(NATIONAL_INSURANCE)].map(({ index }) => ({ kind: 'National Insurance number', index, instead: 'QQ123456C' }));
}

function nhsNumbers(text) {
  return [...text.matchAll(NHS)]
    .filter(([found]) => !found.startsWith('999') && hasRightCheckDigit(found.replace(/\D/g, '')))
    // Ten digits in a row are also an instant in seconds, a part of an id: only the line they stand in can tell.
    .filter(({ 2: gap, index }) => gap !== '' || /nhs/i.test(lineAt(text, index)))
    .map(({ index }) => ({ kind: 'NHS number', index, instead: '999 123 4567' }));
}

function hasRightCheckDigit(digits) {
  const sum = [...digits.slice(0, 9)].reduce((total, digit, position) => total + Number(digit) * (10 - position), 0);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}

function lineAt(text, index) {
  const end = text.indexOf('\n', index);
  return text.slice(text.lastIndexOf('\n', index) + 1, end === -1 ? undefined : end);
}
