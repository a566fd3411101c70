import type { Language } from '@guildhall/kernel-contract';

interface Words {
  readonly title: string;
  readonly officersTitle: string;
  readonly error: string;
  readonly notReal: string;
  readonly chosenFor: string;
  readonly verified: string;
  readonly notVerified: string;
  readonly noEmail: string;
  readonly confidence: Readonly<Record<'none' | 'low' | 'medium', string>>;
  readonly speaksWelsh: string;
  readonly continueAs: (name: string) => string;
  readonly somebodyNew: string;
  readonly name: string;
  readonly email: string;
  readonly emailHint: string;
  readonly signIn: string;
  readonly decline: string;
  readonly problem: string;
  readonly nameMissing: string;
  readonly emailWrong: string;
  readonly tooOld: string;
  readonly tooOldText: string;
  readonly signOut: string;
  readonly signOutText: string;
  readonly signedOut: string;
  readonly roles: Readonly<Record<string, string>>;
}

/** What the sign-in page says. */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Who do you want to sign in as?', officersTitle: 'Which officer do you want to sign in as?', error: 'Error: ',
    notReal: 'This is a development sign-in. Everybody here is invented.', chosenFor: 'You are signing in to',
    verified: 'verified', notVerified: 'not verified', noEmail: 'no email address',
    confidence: { none: 'identity not checked', low: 'identity checked, low confidence', medium: 'identity checked, medium confidence' },
    speaksWelsh: 'prefers Welsh', continueAs: (name) => `Continue as ${name}`,
    somebodyNew: 'Somebody new', name: 'Full name', email: 'Email address', emailHint: 'Use an invented one, like name@post.example. Nothing is sent.',
    signIn: 'Sign in as somebody new', decline: 'Go back without signing in', problem: 'There is a problem', nameMissing: 'Enter a name', emailWrong: 'Enter an email address, like name@post.example',
    tooOld: 'This sign-in has ended', tooOldText: 'Go back to the council’s site and sign in again.', signOut: 'Sign out', signOutText: 'Do you want to sign out of the development sign-in too?', signedOut: 'You are signed out',
    roles: { adviser: 'Contact-centre adviser', 'case-officer': 'Case officer', 'team-manager': 'Team manager' },
  },
  cy: {
    title: 'Fel pwy hoffech chi fewngofnodi?', officersTitle: 'Fel pa swyddog hoffech chi fewngofnodi?', error: 'Gwall: ',
    notReal: 'System fewngofnodi ar gyfer datblygu yw hon. Pobl ddychmygol yw pawb yma.', chosenFor: 'Rydych chi’n mewngofnodi i',
    verified: 'wedi’i ddilysu', notVerified: 'heb ei ddilysu', noEmail: 'dim cyfeiriad e-bost',
    confidence: { none: 'hunaniaeth heb ei gwirio', low: 'hunaniaeth wedi’i gwirio, hyder isel', medium: 'hunaniaeth wedi’i gwirio, hyder canolig' },
    speaksWelsh: 'mae’n well ganddynt y Gymraeg', continueAs: (name) => `Parhau fel ${name}`,
    somebodyNew: 'Rhywun newydd', name: 'Enw llawn', email: 'Cyfeiriad e-bost', emailHint: 'Defnyddiwch un dychmygol, fel enw@post.example. Does dim yn cael ei anfon.',
    signIn: 'Mewngofnodi fel rhywun newydd', decline: 'Mynd yn ôl heb fewngofnodi', problem: 'Mae problem', nameMissing: 'Rhowch enw', emailWrong: 'Rhowch gyfeiriad e-bost, fel enw@post.example',
    tooOld: 'Mae’r broses fewngofnodi hon wedi dod i ben', tooOldText: 'Ewch yn ôl i wefan y cyngor a mewngofnodi eto.', signOut: 'Allgofnodi', signOutText: 'Hoffech chi allgofnodi o’r system fewngofnodi ar gyfer datblygu hefyd?', signedOut: 'Rydych chi wedi allgofnodi',
    roles: { adviser: 'Ymgynghorydd y ganolfan gyswllt', 'case-officer': 'Swyddog achosion', 'team-manager': 'Rheolwr tîm' },
  },
};
