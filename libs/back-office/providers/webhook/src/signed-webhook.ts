import { BACK_OFFICE_PROVIDER, type BackOfficeProvider } from '@guildhall/back-office-contract';
import { defineProvider, type ProviderInstallation, type Secret } from '@guildhall/kernel-contract';
import { checkConnection } from './check-connection';
import type { SignedWebhookOptions } from './signed-webhook.options';
import { SignedWebhookProvider } from './signed-webhook.provider';

/** From 24 to 64 bytes, says Standard Webhooks. */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/**
 * Hands cases to a system by signed webhooks (Standard Webhooks), and takes what becomes of them in the same way.
 * @public
 * @throws Error when the options cannot work
 * @example backOffice({ handOver: [{ caseTypes: ['report-a-problem.fly-tipping'], provider: signedWebhook({ url: 'https://depot.example/cases', secret: env.secret('DEPOT_SECRET'), pushSecret: env.secret('DEPOT_PUSH_SECRET') }) }] })
 */
export function signedWebhook(options: SignedWebhookOptions): ProviderInstallation<BackOfficeProvider> {
  if (!URL.canParse(options.url) || !/^https?:$/.test(new URL(options.url).protocol)) throw new Error(`signedWebhook: the address "${options.url}" is none. It begins with https://.`);
  if (options.name !== undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(options.name)) throw new Error(`signedWebhook: the name "${options.name}" must be lower-case words with hyphens.`);
  for (const [name, secret] of [['secret', options.secret], ['pushSecret', options.pushSecret], ['formerPushSecret', options.formerPushSecret]] as const) if (secret && !isSecret(secret)) throw new Error(`signedWebhook: ${name} must be whsec_ and ${LEAST_BYTES} to ${MOST_BYTES} bytes in base64.`);
  if (options.pushSecret?.reveal() === options.secret.reveal()) throw new Error('signedWebhook: secret and pushSecret are the same: what is sent could be sent back. Make another one.');
  return defineProvider<BackOfficeProvider>({
    port: BACK_OFFICE_PROVIDER, id: `back-office.webhook${options.name === undefined ? '' : `-${options.name}`}`, title: { en: `Signed webhook${options.name === undefined ? '' : `: ${options.name}`}`, cy: `Bachyn gwe wedi’i lofnodi${options.name === undefined ? '' : `: ${options.name}`}` }, isSandbox: false,
    create: (dependencies) => new SignedWebhookProvider(options, dependencies),
    check: (provider) => checkConnection(provider as SignedWebhookProvider),
  });
}

function isSecret(secret: Secret): boolean {
  const [, encoded = ''] = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret.reveal()) ?? [];
  const { byteLength } = Buffer.from(encoded, 'base64');
  return byteLength >= LEAST_BYTES && byteLength <= MOST_BYTES;
}
