import { CASE_TYPE, STANDARD_TEXT } from '@guildhall/cases-contract';
import { DOCUMENTS } from '@guildhall/documents-contract';
import { defineServicePack, register } from '@guildhall/kernel-contract';
import type { Installation, Registration } from '@guildhall/kernel-contract';
import { MESSAGE_TEMPLATE } from '@guildhall/notifications-contract';
import { PRIVACY_NOTE } from '@guildhall/portal-contract';
import { changedCaseTypes, extend, type ServiceExtension } from './extension';
import { SERVICE, SERVICE_EXTENSION } from './installed-service';
import type { Service } from './service';
import { SERVICES } from './services-api';
import { readSettings, type SettingValues } from './settings';

/**
 * Makes what a council writes in its configuration from a service: `gardenWaste({ yearlyFee: pounds(55) })`.
 * @public
 * @param pack the package's version and folder
 */
export function servicePack<Values>(service: Service<Values>, pack: { readonly version: string; readonly packageFolder?: string }): (settings?: Partial<Values>) => Installation<Partial<Values>> {
  return (given) => {
    const settings = readSettings(service.slug, service.settings, (given ?? {}) as Readonly<Record<string, unknown>>);
    return defineServicePack<Partial<Values>>({
      id: service.slug, version: pack.version, packageFolder: pack.packageFolder, options: Object.freeze({ ...given }) as Partial<Values>,
      requires: requiredBy(service),
      registers: registrationsOf(service, settings),
    });
  };
}

/**
 * A council's declared changes to a shared service, as an entry of its configuration beside the service itself.
 * @public
 * @throws Error when the service has no such page, text, transition or case type
 * @example serviceExtension(gardenWasteService, { id: 'glanafon-garden-waste', version: 1, texts: { 'start.who': { en: '…', cy: '…' } } })
 */
export function serviceExtension(service: Service<never> | Service, changes: Omit<ServiceExtension, 'service'>): Installation {
  const extension: ServiceExtension = Object.freeze({ ...changes, service: service.slug });
  extend(service as Service, extension);
  return defineServicePack<unknown>({
    id: extension.id, version: `0.${extension.version}.0`, options: {},
    requires: [{ contract: SERVICES as Installation['requires'][number]['contract'], range: '^0.1.0' }],
    registers: [register(SERVICE_EXTENSION, extension), ...changedCaseTypes(service as Service, extension).map((type) => register(CASE_TYPE, type))],
  });
}

/** The services module; and documents, for a service that asks for photos. */
function requiredBy(service: Service): Installation['requires'] {
  const asksForPhotos = service.pages.some((page) => page.questions?.some((question) => question.type === 'photos'));
  const contracts = asksForPhotos ? [SERVICES, DOCUMENTS] : [SERVICES];
  return contracts.map((contract) => ({ contract: contract as Installation['requires'][number]['contract'], range: '^0.1.0' }));
}

function registrationsOf(service: Service, settings: SettingValues): readonly Registration[] {
  const { privacy, shares } = service;
  const sharedWith = shares?.length ? { en: shares.map((share) => `${share.with.en}: ${share.why.en}`).join(' '), cy: shares.map((share) => `${share.with.cy}: ${share.why.cy}`).join(' ') } : undefined;
  return [
    register(SERVICE, { slug: service.slug, service, settings }),
    ...service.opens.types.map((type) => register(CASE_TYPE, type)),
    ...(service.messages ?? []).map((template) => register(MESSAGE_TEMPLATE, template)),
    ...(service.standardTexts ?? []).map((text) => register(STANDARD_TEXT, { ...text, caseTypes: text.caseTypes ?? service.opens.types.map(({ id }) => id) })),
    register(PRIVACY_NOTE, { id: `services.${service.slug}`, order: 500, purpose: service.title, data: privacy.data, lawfulBasis: privacy.lawfulBasis, keptFor: privacy.keptFor, ...(sharedWith && { sharedWith }) }),
  ] as readonly Registration[];
}
