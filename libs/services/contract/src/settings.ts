import type { Text } from '@guildhall/kernel-contract';
import { LANGUAGES } from '@guildhall/kernel-contract';
import { moneyText } from './money-text';

/** An amount that a council may change, in whole pence. @public */
export interface MoneySetting { readonly type: 'money'; readonly title: string | Text; readonly default: number; readonly atLeast?: number; readonly atMost?: number }
/** A whole number that a council may change. @public */
export interface NumberSetting { readonly type: 'number'; readonly title: string | Text; readonly default: number; readonly atLeast?: number; readonly atMost?: number }
/** Something that a council may switch. @public */
export interface YesNoSetting { readonly type: 'yes-no'; readonly title: string | Text; readonly default: boolean }
/** Words that a council may change. @public */
export interface WordsSetting { readonly type: 'words'; readonly title: string | Text; readonly default: Text }
/** One line that is the same in every language: a telephone number, a name. @public */
export interface LineSetting { readonly type: 'line'; readonly title: string | Text; readonly default: string }
/** A code that a council's own systems use: a ledger code, a team. @public */
export interface CodeSetting { readonly type: 'code'; readonly title: string | Text; readonly default: string }

/** What a council may change of a service, without a developer. Its `title` is what officers read: in each language, or the same words in all. @public */
export type Setting = MoneySetting | NumberSetting | YesNoSetting | WordsSetting | LineSetting | CodeSetting;
/** @public */
export type Settings = Readonly<Record<string, Setting>>;
/** A setting's value. @public */
export type SettingValue = number | boolean | string | Text;
/** Values by setting. @public */
export type SettingValues = Readonly<Record<string, SettingValue>>;
/** The values of these settings. @public */
export type ValuesOf<S extends Settings> = { readonly [Name in keyof S]: S[Name] extends { readonly type: 'money' | 'number' } ? number : S[Name] extends { readonly type: 'yes-no' } ? boolean : S[Name] extends { readonly type: 'words' } ? Text : string };

/**
 * A council's values over the defaults.
 * @public
 * @throws Error that names the service, the setting and what it must be
 */
export function readSettings(slug: string, settings: Settings, given: Readonly<Record<string, unknown>>): SettingValues {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(settings, name)) throw new Error(`${slug} has no setting "${name}". It has ${Object.keys(settings).join(', ') || 'none'}.`);
  }
  return Object.freeze(Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, readSetting(`The setting ${name} of ${slug}`, setting, given[name])])));
}

function readSetting(what: string, setting: Setting, given: unknown): SettingValue {
  const value = given === undefined ? setting.default : given;
  switch (setting.type) {
    case 'money': case 'number': {
      const { atLeast = 0, atMost = Number.MAX_SAFE_INTEGER } = setting;
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < atLeast || value > atMost) {
        throw new Error(`${what} must be ${setting.type === 'money' ? 'whole pence, as pounds(55) gives them' : 'a whole number'}, from ${atLeast}${atMost < Number.MAX_SAFE_INTEGER ? ` to ${atMost}` : ''}; it is ${String(value)}.`);
      }
      return value;
    }
    case 'yes-no':
      if (typeof value !== 'boolean') throw new Error(`${what} must be true or false.`);
      return value;
    case 'line':
      if (typeof value !== 'string' || !value.trim() || value.length > 200 || /[\r\n]/.test(value)) throw new Error(`${what} must be one line of 1 to 200 characters.`);
      return value;
    case 'code':
      if (typeof value !== 'string' || !/^[A-Za-z0-9._/-]{1,50}$/.test(value)) throw new Error(`${what} must be 1 to 50 letters, digits, dots, slashes or hyphens.`);
      return value;
    case 'words': {
      const words = value as Partial<Text>;
      for (const language of LANGUAGES) if (typeof words !== 'object' || words === null || !words[language]?.trim()) throw new Error(`${what} must have words in "${language}".`);
      return words as Text;
    }
  }
}

/** How a setting's value reads in a text that names it: `((yearlyFee))`. @public */
export function settingText(setting: Setting, value: SettingValue): Text {
  if (setting.type === 'words') return value as Text;
  if (setting.type === 'yes-no') return value === true ? { en: 'yes', cy: 'ie' } : { en: 'no', cy: 'na' };
  const words = setting.type === 'money' ? moneyText(value as number) : String(value);
  return { en: words, cy: words };
}
