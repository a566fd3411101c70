import path from 'node:path';
import { generated, type Generator } from './generator';
import { folderOutside, houseOf, madeKnown, problemsOfHouse, stepsOf, type PackageOptions } from './house';
import { camel, constant, pascal, problemsOfName, words } from './naming';
import { packageFiles, withRunner } from './package-files';
import { filled } from './template';

/** What is known of a port for which a provider can be made. */
interface PortSketch {
  readonly id: string;
  readonly description: (title: string) => string;
  readonly personalData: (title: string) => object;
}
const PORTS = {
  payments: {
    id: 'payments.payment-provider', description: (title) => `Payments by ${title}; with a simulator of it for tests and trials.`,
    personalData: (title) => ({ data: `What the payer types at ${title}`, purpose: 'Taking payments', retention: `As ${title} says` }),
  },
  notifications: {
    id: 'notifications.message-provider', description: (title) => `Emails and text messages by ${title}; with a simulator of it for tests and trials.`,
    personalData: (title) => ({ data: `Email addresses, mobile numbers and the words of messages, at ${title}`, purpose: 'Sending messages', retention: `As ${title} says` }),
  },
} as const satisfies Readonly<Record<string, PortSketch>>;
/** Capabilities for whose port a provider can be made. @public */
export type ProviderPort = keyof typeof PORTS;
const isPort = (port: unknown): port is ProviderPort => typeof port === 'string' && Object.hasOwn(PORTS, port);

/** @public */
export interface ProviderOptions extends PackageOptions {
  /** The capability whose port it stands behind. */
  readonly port: ProviderPort;
  /** `ferry-pay` */
  readonly name: string;
}

/**
 * A provider of a port: its code against an API that is invented and stands in one place, a simulator of that API, and the port's kit, which it passes.
 * @public
 */
export const provider: Generator<ProviderOptions> = (options, world) => generated(world, problemsOf(options), () => {
  const { name, port } = options;
  const house = houseOf(world, options);
  const short = `${port}-provider-${name}`;
  const folder = house.isGuildhall ? `libs/${port}/providers/${name}` : folderOutside(world, short);
  const title = words(name);
  const sketch = PORTS[port];
  return {
    files: {
      ...packageFiles(house, {
        name: short, folder, description: sketch.description(title), layer: 'provider', capability: port, dependencies: ['@guildhall/kernel-contract', `@guildhall/${port}-contract`], subpaths: ['./simulator'], files: ['conformance.json'],
        given: `{ apiKey: env.secret('${constant(name)}_KEY') }`,
        guildhall: { kind: 'provider', id: `${port}.${name}`, provides: { [sketch.id]: '0.1.0' }, personalData: [sketch.personalData(title)], languages: ['en', 'cy'], harness: 'dist/testing/conformance-harness.js', conformance: ['conformance.json'] },
      }),
      ...withRunner(house, filled(`provider-${port}`, { name, camel: camel(name), Pascal: pascal(name), CONSTANT: constant(name), Title: title, package: `${house.scope}${short}` }, folder)),
    },
    changes: madeKnown(world, house, folder),
    nextSteps: [
      ...stepsOf(house),
      `Run its tests: the first run writes ${folder}/conformance.json, which is shipped and shown.`,
      `The API that it speaks is invented: put the real one's words into ${path.posix.join(folder, 'src')}, in the provider and in its simulator alike. The kit says when you have it.`,
    ],
  };
});

function problemsOf(options: ProviderOptions): readonly string[] {
  return [
    ...(isPort(options.port) ? [] : [`The port is "${String(options.port)}": a provider can be made for ${Object.keys(PORTS).join(' and ')}. For another port, see docs/guides/write-a-provider.md.`]),
    ...problemsOfName('The name of the provider', options.name), ...problemsOfHouse(options),
  ];
}
