/** What a text loses on its way: signs that stand for others. */
const INSTEAD: Readonly<Record<string, string>> = { '–': '-', '—': '-', '…': '...', '‘': '\'', '’': '\'', '“': '"', '”': '"', '\u00a0': ' ', '\t': ' ', '\u200b': '', '\u200c': '', '\u200d': '', '\u2060': '', '\ufeff': '', '\u180e': '' };
/** GSM 03.38 with its extension, and the Welsh letters that it lacks. */
const KEPT = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€ÀàÂâÁáÈÊêËëÌÎîÍíÏïÒÔôÓóÙÛûÚúẀẁŴŵẂẃẄẅỲỳŶŷÝýŸÿ');

/** A text as telephones get it: typographic signs are made plain, and what has no place in a text becomes a question mark. */
export function smsWords(text: string): string {
  return [...text].map((sign) => INSTEAD[sign] ?? (KEPT.has(sign) ? sign : '?')).join('');
}
