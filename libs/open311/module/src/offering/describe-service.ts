import { assertNever, type Language } from '@guildhall/kernel-contract';
import type { AttributeDefinition, Datatype, Service, ServiceDefinition } from '@guildhall/open311-contract';
import type { Question } from '@guildhall/services-contract';
import type { AskedQuestion, ReportableService } from './reportable-service';

const YES = { en: 'Yes', cy: 'Ie' } as const;
const NO = { en: 'No', cy: 'Na' } as const;
const FILLED_BY_SENDER: Readonly<Record<Language, string>> = { en: 'Filled in by the system that sends the report', cy: 'Fe’i llenwir gan y system sy’n anfon yr adroddiad' };
/** What UK services declare and FixMyStreet fills in; never insisted on, so that other clients can report too. */
const SERVER_SET: readonly { readonly code: string; readonly datatype: Datatype }[] = [{ code: 'easting', datatype: 'number' }, { code: 'northing', datatype: 'number' }, { code: 'fixmystreet_id', datatype: 'string' }];

/** Words that change what FixMyStreet does: a service's own search words must not be taken for them. */
const MEANT_FOR_CLIENTS: ReadonlySet<string> = new Set(['private', 'inactive', 'staff', 'waste_only']);

/** A kind of report in the list of services. */
export function serviceOf({ code, type, installed: { service }, terms }: ReportableService, language: Language): Service {
  const group = service.category.title[language];
  return {
    service_code: code, service_name: type.title[language], description: service.summary[language], metadata: true, type: 'realtime',
    keywords: [...service.keywords[language].map((word) => word.replaceAll(',', ' ')).filter((word) => !MEANT_FOR_CLIENTS.has(word.trim().toLowerCase())), ...(terms.isPrivate ? ['private'] : [])], group, groups: [group],
  };
}

/** What a kind of report asks for. */
export function definitionOf({ code, asked }: ReportableService, language: Language): ServiceDefinition {
  const own = asked.map((one, index) => attributeOf(one, index + 1, language));
  return { service_code: code, attributes: [...own, ...SERVER_SET.map(({ code: name, datatype }, index): AttributeDefinition => ({ variable: true, code: name, datatype, required: false, datatype_description: '', order: own.length + index + 1, description: FILLED_BY_SENDER[language], automated: 'server_set' }))] };
}

function attributeOf({ question, isRequired }: AskedQuestion, order: number, language: Language): AttributeDefinition {
  const values = valuesOf(question, language);
  return { variable: true, code: question.id, datatype: datatypeOf(question), required: isRequired, datatype_description: question.hint?.[language] ?? '', order, description: question.title[language], ...(values && { values }) };
}

function datatypeOf({ type }: Question): Datatype {
  switch (type) {
    case 'textarea': return 'text';
    case 'radios': case 'yes-no': case 'declaration': return 'singlevaluelist';
    case 'checkboxes': return 'multivaluelist';
    case 'number': case 'money': return 'number';
    case 'date': return 'datetime';
    case 'text': case 'email': case 'phone': case 'name': case 'address': case 'location': case 'photos': return 'string';
    default: return assertNever(type);
  }
}

function valuesOf(question: Question, language: Language): AttributeDefinition['values'] {
  switch (question.type) {
    case 'radios': return question.options.map(({ value, title }) => ({ key: value, name: title[language] }));
    case 'checkboxes': return [...question.options, ...(question.noneOption ? [question.noneOption] : [])].map(({ value, title }) => ({ key: value, name: title[language] }));
    case 'yes-no': return [{ key: 'yes', name: (question.yes ?? YES)[language] }, { key: 'no', name: (question.no ?? NO)[language] }];
    case 'declaration': return [{ key: 'yes', name: question.confirm[language] }];
    default: return undefined;
  }
}
