import { defineExtensionPoint } from '@guildhall/kernel-contract';
import { fillWords } from '@guildhall/cases-contract';
import { extend, type ServiceExtension } from './extension';
import type { Page } from './page';
import type { Question } from './question';
import type { Service } from './service';
import { mapTexts } from './service-texts';
import { readSettings, settingText, type SettingValues } from './settings';

/** A service with a council's settings. @public */
export interface ServiceRegistration {
  readonly slug: string;
  readonly service: Service;
  readonly settings: SettingValues;
}

/** Services of a council. @public */
export const SERVICE = defineExtensionPoint<ServiceRegistration>('services.service');
/** A council's changes to shared services. @public */
export const SERVICE_EXTENSION = defineExtensionPoint<ServiceExtension>('services.service-extension');

/** A service as a council offers it: extended, its texts filled with its settings, its pages and questions by name. @public */
export interface InstalledService {
  readonly slug: string;
  readonly service: Service;
  readonly settings: SettingValues;
  /** What makes a stored draft one of this service's: changes with the questions. `1`, or `1+glanafon-garden-waste@2`. */
  readonly version: string;
  readonly pages: ReadonlyMap<string, Page>;
  readonly questions: ReadonlyMap<string, Question>;
}

/**
 * Makes a service as a council offers it.
 * @public
 * @param extensions all of the council's; those of other services are passed over
 * @throws Error when an extension does not fit
 */
export function installService(registration: ServiceRegistration, extensions: readonly ServiceExtension[] = []): InstalledService {
  const own = extensions.filter(({ service }) => service === registration.slug);
  const extended = own.reduce((service, extension) => extend(service, extension), registration.service);
  const settings = readSettings(registration.slug, extended.settings, registration.settings);
  const words = Object.entries(extended.settings).map(([name, setting]) => [name, settingText(setting, settings[name] as SettingValues[string])] as const);
  const inEnglish = Object.fromEntries(words.map(([name, text]) => [name, text.en]));
  const inWelsh = Object.fromEntries(words.map(([name, text]) => [name, text.cy]));
  const service = mapTexts(extended, (text) => ({ en: fillWords(text.en, inEnglish), cy: fillWords(text.cy, inWelsh) }));
  return Object.freeze({
    slug: registration.slug, service, settings,
    version: [String(service.version), ...own.map(({ id, version }) => `${id}@${version}`)].join('+'),
    pages: new Map(service.pages.map((page) => [page.slug, page])),
    questions: new Map(service.pages.flatMap((page) => page.questions ?? []).map((question) => [question.id, question])),
  });
}
