import { CONFIDENCES, isAtLeast } from '@guildhall/identity-contract';
import type { IdentityConfidence, RedirectRefusal } from '@guildhall/identity-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { Language, Outcome } from '@guildhall/kernel-contract';
import { claimAt, textAt, textsAt } from './claims';
import type { Claims } from './claims';
import type { OidcOptions } from './options';
import type { Reading, Said } from './reading';

/** Residents: contacts that the issuer verified, and as much confidence as its `acr` and `amr` are worth here. */
export class ReadResident implements Reading {
  readonly title: Reading['title'];
  readonly hint: Reading['hint'];
  readonly scopes: readonly string[];
  readonly highestConfidence: IdentityConfidence;
  readonly asksUserInfo = true;
  readonly subjectIn = 'sub';
  readonly rechecks = false;
  readonly #acr: Readonly<Record<string, IdentityConfidence>>;
  readonly #amr: Readonly<Record<string, IdentityConfidence>>;

  constructor(private readonly options: OidcOptions) {
    this.title = options.title ?? { en: 'Sign in with your council account', cy: 'Mewngofnodi gyda’ch cyfrif cyngor' };
    this.hint = options.hint;
    this.scopes = options.scopes ?? ['profile', 'email'];
    this.#acr = options.confidence?.acr ?? {};
    this.#amr = options.confidence?.amr ?? {};
    this.highestConfidence = highestOf([...Object.values(this.#acr), ...Object.values(this.#amr)]);
  }

  parameters(confidence: IdentityConfidence): Readonly<Record<string, string>> {
    const classes = confidence === 'none' ? [] : Object.keys(this.#acr).filter((acr) => isAtLeast(this.#acr[acr] ?? 'none', confidence));
    return classes.length > 0 ? { acr_values: classes.join(' ') } : {};
  }

  read(claims: Claims, asked: IdentityConfidence): Outcome<Said, RedirectRefusal> {
    const confidence = highestOf([...textsAt(claims, 'acr').map((acr) => lookUp(this.#acr, acr)), ...textsAt(claims, 'amr').map((amr) => lookUp(this.#amr, amr))]);
    if (!isAtLeast(confidence, asked)) return refused('not-confident-enough', `Confidence ${asked} was asked for, and ${confidence} came.`);
    const names = this.options.claims ?? {};
    const name = textAt(claims, names.name ?? 'name');
    const email = textAt(claims, names.email ?? 'email');
    const phone = textAt(claims, names.phone ?? 'phone_number');
    const language = languageIn(textAt(claims, names.language ?? 'locale'));
    return done({
      confidence, ...(name ? { name } : {}),
      // Only the truth itself counts: "true", 1 or nothing at all is no word of the issuer's that it looked.
      ...(email && claimAt(claims, names.emailVerified ?? 'email_verified') === true ? { verifiedEmail: email } : {}),
      ...(phone && claimAt(claims, names.phoneVerified ?? 'phone_number_verified') === true ? { verifiedPhone: phone } : {}),
      ...(language ? { preferredLanguage: language } : {}),
    });
  }
}

function highestOf(levels: readonly IdentityConfidence[]): IdentityConfidence {
  return levels.reduce<IdentityConfidence>((highest, each) => (isAtLeast(each, highest) ? each : highest), 'none');
}

/** What a value is worth; whatever we do not know is nothing. */
function lookUp(table: Readonly<Record<string, IdentityConfidence>>, value: string): IdentityConfidence {
  const level = Object.hasOwn(table, value) ? table[value] : undefined;
  return CONFIDENCES.find((each) => each === level) ?? 'none';
}

/** `cy-GB` is Welsh. */
function languageIn(locale: string | undefined): Language | undefined {
  const [language] = (locale ?? '').toLowerCase().split(/[-_]/);
  return language === 'en' || language === 'cy' ? language : undefined;
}
