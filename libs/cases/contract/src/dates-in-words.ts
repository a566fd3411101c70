import type { Text } from '@guildhall/kernel-contract';
import type { PlainDate } from './working-days';

const DAYS = { en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'], cy: ['dydd Sul', 'dydd Llun', 'dydd Mawrth', 'dydd Mercher', 'dydd Iau', 'dydd Gwener', 'dydd Sadwrn'] } as const;
const MONTHS = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  cy: ['Ionawr', 'Chwefror', 'Mawrth', 'Ebrill', 'Mai', 'Mehefin', 'Gorffennaf', 'Awst', 'Medi', 'Hydref', 'Tachwedd', 'Rhagfyr'],
} as const;

const MOST_REMEMBERED = 1000;

/** `Friday 4 December 2026`; in Welsh as it stands after "erbyn": `dydd Gwener 4 Rhagfyr 2026`. @public */
export function weekdayInWords(day: PlainDate): Text {
  return remembered(weekdays, day, () => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const words = dayInWords(day);
    return { en: `${DAYS.en[weekday]} ${words.en}`, cy: `${DAYS.cy[weekday]} ${words.cy}` };
  });
}

/** `4 December 2026`; in Welsh as it stands after "ar": `4 Rhagfyr 2026`. @public */
export function dayInWords(day: PlainDate): Text {
  return remembered(days, day, () => {
    const [year = '', month = '', dayOfMonth = ''] = day.split('-');
    const words = (language: 'en' | 'cy') => `${Number(dayOfMonth)} ${MONTHS[language][Number(month) - 1]} ${year}`;
    return { en: words('en'), cy: words('cy') };
  });
}

/** The cases of a day, and the lines of a list, say the same few days again and again. */
const days = new Map<PlainDate, Text>();
const weekdays = new Map<PlainDate, Text>();
function remembered(known: Map<PlainDate, Text>, day: PlainDate, say: () => Text): Text {
  let words = known.get(day);
  if (!words) {
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(day, (words = Object.freeze(say())));
  }
  return words;
}
