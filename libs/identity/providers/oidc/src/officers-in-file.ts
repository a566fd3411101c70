import type { RedirectSignIn } from '@guildhall/identity-contract';
import type { Env, ProviderInstallation } from '@guildhall/kernel-contract';
import { entraId, officerSingleSignOn } from './officers.provider';
import type { EntraOptions, OfficerOptions } from './options';

/** How officers sign in, as the one file of an app says it: with the single sign-on that there is, whose secret is in the setting that is named. @public */
export type OfficersInFile =
  | ({ readonly kind: 'oidc'; readonly clientSecret: string } & Pick<OfficerOptions, 'issuer' | 'clientId' | 'roles' | 'teams' | 'rolesIn' | 'scopes' | 'secondFactor' | 'emailDomains'>)
  | ({ readonly kind: 'entra'; readonly clientSecret: string } & Pick<EntraOptions, 'tenant' | 'clientId' | 'roles' | 'teams' | 'rolesIn' | 'secondFactor' | 'emailDomains'>);

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const texts = { type: 'array', minItems: 1, maxItems: 50, items: text } as const;
const title = { type: 'object', required: ['en', 'cy'], additionalProperties: false, properties: { en: text, cy: text } } as const;
const teams = { type: 'array', maxItems: 1000, items: { type: 'object', required: ['teamId', 'title', 'from'], additionalProperties: false, properties: { teamId: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' }, title, from: texts } } } as const;
const signedInBy = {
  clientId: text, clientSecret: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' }, roles: { type: 'object', minProperties: 1, additionalProperties: false, properties: { adviser: texts, 'case-officer': texts, 'team-manager': texts } }, teams, rolesIn: texts, emailDomains: texts,
  secondFactor: { type: 'object', minProperties: 1, additionalProperties: false, properties: { amr: texts, acr: texts, acrs: texts } },
} as const;

/** The same as JSON Schema (draft 2020-12), by `kind`; `practice` is somebody invented, while an app is tried out, and is the app's to install. @public */
export const officersInFileSchema = {
  type: 'object', required: ['kind'], discriminator: { propertyName: 'kind' },
  oneOf: [
    { required: ['kind'], additionalProperties: false, properties: { kind: { const: 'practice' } } },
    { required: ['kind', 'issuer', 'clientId', 'clientSecret', 'roles'], additionalProperties: false, properties: { kind: { const: 'oidc' }, issuer: { type: 'string', pattern: '^https?://\\S+$' }, scopes: texts, ...signedInBy } },
    { required: ['kind', 'tenant', 'clientId', 'clientSecret', 'roles', 'emailDomains'], additionalProperties: false, properties: { kind: { const: 'entra' }, tenant: text, ...signedInBy } },
  ],
} as const;

/** Takes the secret from the setting that the file names. @public */
export function officersFromFile(officers: OfficersInFile, env: Env): ProviderInstallation<RedirectSignIn> {
  if (officers.kind === 'entra') {
    const { kind: _kind, clientSecret, ...options } = officers;
    return entraId({ ...options, clientSecret: env.secret(clientSecret) });
  }
  const { kind: _kind, clientSecret, ...options } = officers;
  return officerSingleSignOn({ ...options, clientSecret: env.secret(clientSecret) });
}
