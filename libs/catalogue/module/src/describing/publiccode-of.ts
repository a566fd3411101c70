import type { PackageFacts, Publisher, Release } from '@guildhall/catalogue-contract';
import { stringify } from 'yaml';

const STATUS = { alpha: 'development', beta: 'beta', stable: 'stable' } as const;
const MOST_SHORT_CHARACTERS = 150;

/** A publiccode.yml (0.5) of a package that brings none, from what its publisher signed: for catalogues of public software that read nothing else. What nobody has said is left out. */
export function publiccodeOf({ name, version, description, licence, kind, maturity, languages, repository, homepage }: PackageFacts, { publishedAt }: Pick<Release, 'publishedAt'>, publisher: Pick<Publisher, 'name' | 'kind' | 'contact'>): string {
  return `# Made by a catalogue from what is signed of ${name} ${version}, which brings no publiccode.yml.\n${stringify({
    publiccodeYmlVersion: '0.5', name, url: repository?.replace(/^git\+/, ''), landingURL: homepage, softwareVersion: version, releaseDate: publishedAt.slice(0, 10), platforms: ['web'], developmentStatus: STATUS[maturity],
    softwareType: kind === 'tool' ? 'standalone/other' : 'addon', intendedAudience: { scope: ['local-authorities'], countries: ['gb'] }, description: { en: { shortDescription: description.slice(0, MOST_SHORT_CHARACTERS) } }, legal: { license: licence },
    maintenance: { type: publisher.kind === 'community' ? 'community' : 'internal', contacts: [{ name: publisher.name.en, email: publisher.contact.email }] },
    localisation: { localisationReady: languages.length > 1, availableLanguages: languages.length ? languages : ['en'] },
  }, { lineWidth: 0 })}`;
}
