import type { Guideline } from './guideline';

/**
 * A guideline to begin with, from the data sharing code of the Information Commissioner's Office: a body takes it as it is, or writes its own after it.
 * @public
 * @example const ours: Guideline = { ...starterGuideline('riverbourne'), rules: […] };
 */
export function starterGuideline(by: string): Guideline {
  return {
    id: 'data-sharing-code', version: 1, by, title: { en: 'What we hold to be right in sharing', cy: "Yr hyn sy'n iawn wrth rannu yn ein barn ni" },
    url: 'https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/data-sharing-a-code-of-practice/',
    rules: [
      { id: 'assessed-first', check: 'dpia', sentence: { en: 'We look at the risks for people before we share', cy: "Rydym yn edrych ar y peryglon i bobl cyn inni rannu" } },
      { id: 'reviewed-every-year', check: 'review-within', period: 'P1Y', sentence: { en: 'We ask ourselves every year whether sharing is still right', cy: "Rydym yn gofyn bob blwyddyn a yw'n dal yn iawn rhannu" } },
      { id: 'special-needs-a-yes', check: 'choice', atLeast: 'opt-in', of: 'special-category', sentence: { en: 'We share data on health, faith and the like only with a yes', cy: "Dim ond os cawn ganiatâd y rhannwn ddata am iechyd, ffydd ac ati" } },
      { id: 'nothing-idle', check: 'every-item-is-used', sentence: { en: 'We share nothing that nobody needs', cy: 'Nid ydym yn rhannu dim nad oes ei angen ar neb' } },
      { id: 'stop-means-stop', check: 'what-was-shared-is-not-used-again', sentence: { en: 'When somebody says stop, we stop using what we were told', cy: "Pan fydd rhywun yn dweud stop, rydym yn rhoi'r gorau i ddefnyddio'r hyn a ddywedwyd wrthym" } },
      { id: 'people-decide', check: 'no-decision-by-machine-alone', sentence: { en: 'People decide, not machines alone', cy: 'Pobl sy’n penderfynu, nid peiriannau ar eu pen eu hunain' } },
      { id: 'looked-at-by-others', check: 'assurance', by: 'third-party', sentence: { en: 'Somebody independent has looked at the systems that share', cy: "Mae rhywun annibynnol wedi edrych ar y systemau sy'n rhannu" } },
    ],
  };
}
