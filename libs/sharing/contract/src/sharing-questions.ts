import { InvalidInput, type FieldError } from '@guildhall/kernel-contract';
import { DEVICES, NETWORKS } from './agreeing/agreement';
import type { QuestionToOther } from './sharing-api';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ATTRIBUTE = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/;
const isSlug = (text: string): boolean => SLUG.test(text) && text.length <= 100;

/** Refuses a question that cannot be one, with every field that is wrong. @public @throws InvalidInput */
export function checkQuestion({ agreement, holder, person, attributes, because, service, network, device }: QuestionToOther): void {
  const wrong = (field: string, isRight: boolean, message: string): readonly FieldError[] => (isRight ? [] : [{ field, message }]);
  const fields = [
    ...wrong('agreement', isSlug(agreement), 'must be the id of an agreement'), ...wrong('holder', isSlug(holder), 'must be the id of a body'), ...wrong('person', person.length >= 1 && person.length <= 200, 'must name a person'),
    ...wrong('attributes', attributes.length >= 1 && attributes.length <= 50 && new Set(attributes).size === attributes.length && attributes.every((one) => ATTRIBUTE.test(one)), 'must be one to fifty attributes, each once'),
    ...wrong('because', because.trim() !== '' && because.length <= 300, 'must say why it is asked, in at most 300 characters'), ...wrong('service', service === undefined || isSlug(service), 'must be the id of a service'),
    ...wrong('network', NETWORKS.includes(network), `must be one of ${NETWORKS.join(', ')}`), ...wrong('device', DEVICES.includes(device), `must be one of ${DEVICES.join(', ')}`),
  ];
  if (fields.length > 0) throw new InvalidInput('This cannot be asked.', fields);
}
