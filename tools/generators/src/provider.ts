import path from 'node:path';
import { generated, type Generator } from './generator';
import { folderOutside, houseOf, madeKnown, problemsOfHouse, stepsOf, type PackageOptions } from './house';
import { camel, constant, pascal, problemsOfName, words } from './naming';
import { packageFiles, withRunner } from './package-files';
import { PORTS, isPort, type PortSketch, type ProviderPort } from './ports';
import { filled } from './template';

/** @public */
export interface ProviderOptions extends PackageOptions {
  /** The port that it stands behind. */
  readonly port: ProviderPort;
  /** `ferry-pay` */
  readonly name: string;
}

/**
 * A provider of a port: its code against an API that is invented and stands in one place, a simulator of that API, and the port's kit, which it passes.
 * @public
 */
export const provider: Generator<ProviderOptions> = (options, world) => generated(world, problemsOf(options), () => {
  const { name } = options;
  const house = houseOf(world, options);
  const sketch: PortSketch = PORTS[options.port];
  const { capability } = sketch;
  const short = `${capability}-provider-${name}`;
  const folder = house.isGuildhall ? `libs/${capability}/providers/${name}` : folderOutside(world, short);
  const title = words(name);
  const [contract, given] = [`@guildhall/${capability}-contract`, `{ apiKey: env.secret('${constant(name)}_KEY') }`];
  const inTemplates = {
    name, camel: camel(name), Pascal: pascal(name), CONSTANT: constant(name), Title: title, package: `${house.scope}${short}`, id: `${capability}.${name}`, contract, TOKEN: sketch.token, Port: sketch.type, kit: sketch.kit, does: sketch.does,
    use: sketch.use(`${camel(name)}(${given})`), useSimulated: sketch.use(`simulated${pascal(name)}()`), more: sketch.isVisited ? '\n    formOrigins: () => [origin],' : '', who: sketch.who ?? '',
  };
  return {
    files: {
      ...packageFiles(house, {
        name: short, folder, description: sketch.description(title), layer: 'provider', capability, dependencies: ['@guildhall/kernel-contract', contract], subpaths: ['./simulator'], files: ['conformance.json'], given,
        guildhall: { kind: 'provider', id: `${capability}.${name}`, provides: { [sketch.id]: '0.1.0' }, personalData: [sketch.personalData(title)], languages: ['en', 'cy'], harness: 'dist/testing/conformance-harness.js', conformance: ['conformance.json'] },
      }),
      ...withRunner(house, Object.assign({}, ...['provider', ...sketch.templates].map((template) => filled(template, inTemplates, folder))) as Record<string, string>),
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
    ...(isPort(options.port) ? [] : [`The port is "${String(options.port)}": a provider can be made for ${Object.keys(PORTS).join(', ')}.`]),
    ...problemsOfName('The name of the provider', options.name), ...problemsOfHouse(options),
  ];
}
