import type { Publisher } from '@guildhall/catalogue-contract';

const NPM = /^pkg:npm\/(?:%40|@)([^/@]+)\/[^/@]+/;

/** Whether it is this publisher's package or deployment that was assessed: a package under a scope of theirs, a deployment at or below the host of their website. Of both somebody of the catalogue has made sure. */
export function wasAssessed({ scopes, contact: { web } }: Pick<Publisher, 'scopes' | 'contact'>, subjects: readonly string[]): boolean {
  const host = hostOf(web);
  return subjects.some((subject) => {
    const [, scope] = NPM.exec(subject) ?? [];
    if (scope !== undefined) return scopes.includes(`@${scope}`);
    const its = hostOf(subject);
    return host !== undefined && its !== undefined && (its === host || (!isEnding(host) && its.endsWith(`.${host}`)));
  });
}

/** Of an address, its host without `www`. */
export function hostOf(address: string | undefined): string | undefined {
  if (address === undefined || !/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
  return new URL(address).hostname.replace(/\.$/, '').replace(/^www\./, '');
}

/** Below which strangers have addresses, too: `example`, `gov.uk`, `gov.wales`. */
function isEnding(host: string): boolean {
  const [first = '', last, ...more] = host.split('.');
  return more.length === 0 && (last === undefined || last.length === 2 || /^(gov|llyw|nhs|police|ac|co|com|net|org)$/.test(first));
}
