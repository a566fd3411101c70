import { defineConfigurable, type ConfiguredField, type ConfiguredLine, type PublishedConfiguration } from '@guildhall/configuration-contract';
import type { Text } from '@guildhall/kernel-contract';
import { SERVICE, readSettings, settingText, type ServiceRegistration, type Setting, type SettingValue, type SettingValues } from '@guildhall/services-contract';

interface Content { readonly settings: SettingValues }

/** Codes, telephone numbers and names are a council's own: they do not travel. */
const travels = ({ type }: Setting): boolean => type !== 'code' && type !== 'line';
const YES = { en: 'Yes', cy: 'Ie' };
const NO = { en: 'No', cy: 'Na' };

/** Fees, numbers and words that a service lets a council set. */
export const serviceSettings = defineConfigurable<ServiceRegistration>({
  kind: 'service-settings',
  title: { en: 'Settings of services', cy: 'Gosodiadau gwasanaethau' },
  point: SERVICE,
  things: (registered) => registered.filter(({ service }) => Object.values(service.settings).some(travels)).map(({ slug, service }) => ({ id: slug, title: service.title, package: slug, definition: service.version })),
  content(registered, slug): Content | undefined {
    const found = registrationOf(registered, slug);
    return found && { settings: Object.fromEntries(Object.entries(found.settings).filter(([name]) => { const setting = found.service.settings[name]; return setting && travels(setting); })) };
  },
  problems: (_ctx, registered, slug, content) => Promise.resolve(problemsOf(registrationOf(registered, slug), content as Content)),
  lines(registered, slug, content) {
    // In the order in which the service names them: what was kept has lost its own.
    return Object.entries(registrationOf(registered, slug)?.service.settings ?? {}).flatMap(([name, setting]) => { const value = (content as Content).settings[name]; return value === undefined ? [] : linesOf(name, setting, value); });
  },
  fields: (registered, slug, content) => Object.entries(registrationOf(registered, slug)?.service.settings ?? {}).flatMap(([name, setting]) => fieldsOf(name, setting, (content as Content).settings[name])),
  change: (registered, published) => registered.map((registration) => withPublished(registration, published.find(({ thing, isInForce }) => isInForce && thing === registration.slug))),
});

function registrationOf(registered: readonly ServiceRegistration[], slug: string): ServiceRegistration | undefined {
  return registered.find((one) => one.slug === slug);
}

function withPublished(registration: ServiceRegistration, published: PublishedConfiguration | undefined): ServiceRegistration {
  if (!published?.content) return registration;
  // What another version of the service does not know, or no longer allows, must not take the council's fees with it.
  const fitting = Object.entries((published.content as Content).settings).filter(([name, value]) => problemsOf(registration, { settings: { [name]: value } }).length === 0);
  return { ...registration, settings: { ...registration.settings, ...Object.fromEntries(fitting) } };
}

function problemsOf(registration: ServiceRegistration | undefined, { settings }: Content): readonly Text[] {
  if (!registration) return [];
  const { slug, service } = registration;
  // One at a time, so that everything that is wrong is said.
  return Object.entries(settings).flatMap(([name, value]): readonly Text[] => {
    const setting = Object.hasOwn(service.settings, name) ? service.settings[name] : undefined;
    if (!setting) return [{ en: `${slug} has no setting "${name}".`, cy: `Nid oes gan ${slug} osodiad "${name}".` }];
    if (!travels(setting)) return [{ en: `${name} is a council’s own, like a ledger code or a telephone number, and does not travel.`, cy: `Mae ${name} yn perthyn i’r cyngor ei hun, fel cod cyfriflyfr neu rif ffôn, ac nid yw’n teithio.` }];
    try {
      readSettings(slug, service.settings, { ...registration.settings, [name]: value });
      return [];
    } catch {
      return [mustBe(setting)];
    }
  });
}

/** What a setting must be, to whoever reads its title on the form or in a comparison. */
function mustBe(setting: Setting): Text {
  const { en, cy } = labelOf(setting);
  switch (setting.type) {
    case 'money': case 'number': {
      const { atLeast = 0, atMost } = setting;
      const [least, most] = [atLeast, atMost].map((bound) => (bound === undefined ? '' : settingText(setting, bound).en));
      const [kind, math] = setting.type === 'money' ? ['an amount of money', 'swm o arian'] : ['a whole number', 'rhif cyfan'];
      return { en: `“${en}” must be ${kind}, from ${least}${most ? ` to ${most}` : ''}.`, cy: `Rhaid i “${cy}” fod yn ${math}, o ${least}${most ? ` i ${most}` : ' i fyny'}.` };
    }
    case 'yes-no': return { en: `“${en}” must be yes or no.`, cy: `Rhaid i “${cy}” fod yn ie neu’n na.` };
    default: return { en: `“${en}” must have words in English and in Welsh.`, cy: `Rhaid i “${cy}” gael geiriau yn Gymraeg ac yn Saesneg.` };
  }
}

function fieldsOf(name: string, setting: Setting, value: SettingValue | undefined): readonly ConfiguredField[] {
  const place = { key: name, path: ['settings', name], label: labelOf(setting) };
  if ((setting.type === 'money' || setting.type === 'number') && typeof value === 'number') return [{ ...place, type: setting.type, value, atLeast: setting.atLeast ?? 0, ...(setting.atMost !== undefined && { atMost: setting.atMost }) }];
  if (setting.type === 'yes-no' && typeof value === 'boolean') return [{ ...place, type: 'yes-no', value }];
  return setting.type === 'words' && typeof value === 'object' ? [{ ...place, type: 'words', value }] : [];
}

function labelOf({ title }: Setting): ConfiguredLine['label'] {
  return typeof title === 'string' ? { en: title, cy: title } : title;
}

function linesOf(name: string, setting: Setting, value: SettingValue): readonly ConfiguredLine[] {
  const label = labelOf(setting);
  if (setting.type === 'words') return (['en', 'cy'] as const).map((language) => ({ key: `${name}.${language}`, label, language, value: settingText(setting, value)[language] }));
  return [{ key: name, label, value: setting.type === 'yes-no' ? (value === true ? YES : NO) : settingText(setting, value).en }];
}
