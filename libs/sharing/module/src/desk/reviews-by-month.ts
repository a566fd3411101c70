/** How many reviews are due in a month: `2027-03`; or were due before today. */
export interface ReviewsDue { readonly month: string | 'overdue'; readonly count: number }

const MONTHS_SHOWN = 13;

/** From what is overdue on to a year from now: by then every agreement in force is to be reviewed. @param reviews days, in any order */
export function reviewsByMonth(today: string, reviews: readonly string[]): readonly ReviewsDue[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const months = Array.from({ length: MONTHS_SHOWN }, (_one, at) => new Date(Date.UTC(year, month - 1 + at, 1)).toISOString().slice(0, 7));
  const overdue = reviews.filter((day) => day <= today).length;
  return [...(overdue > 0 ? [{ month: 'overdue', count: overdue }] : []), ...months.map((one) => ({ month: one, count: reviews.filter((day) => day > today && day.startsWith(one)).length }))];
}
