/** The letters of GSM 03.38 that cost one place, and those that cost two. */
const PLAIN = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const DOUBLE = '^{}\\[~]|€\f';

/** What a text costs to send. */
export interface SmsFragments { readonly count: number; readonly characters: number; readonly alphabet: 'gsm' | 'unicode' }

/**
 * How many text messages a text becomes (3GPP TS 23.038 and 23.040): 160 plain letters, or 70 when one is beyond the alphabet, such as ŵ or ’; fewer in each when there are several.
 */
export function smsFragments(text: string): SmsFragments {
  const characters = [...text].length;
  if ([...text].every((sign) => PLAIN.includes(sign) || DOUBLE.includes(sign))) {
    const places = [...text].reduce((sum, sign) => sum + (DOUBLE.includes(sign) ? 2 : 1), 0);
    return { count: places <= 160 ? 1 : Math.ceil(places / 153), characters, alphabet: 'gsm' };
  }
  return { count: text.length <= 70 ? 1 : Math.ceil(text.length / 67), characters, alphabet: 'unicode' };
}
