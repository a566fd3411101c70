import { Enums, Models, Serialize, Spec, SPDX } from '@cyclonedx/cyclonedx-library';
import type { PackageFacts } from '@guildhall/catalogue-contract';
import { packageUrl, sha512Of } from '@guildhall/assurance-contract';
import type { World } from '../command';
import { npm } from './npm';

/** A package as `npm ls --json --long` tells of it. */
interface Listed {
  readonly name?: string; readonly version?: string; readonly license?: string; readonly integrity?: string; readonly dist?: { readonly integrity?: string };
  readonly extraneous?: boolean; readonly missing?: boolean; readonly dependencies?: Readonly<Record<string, Listed>>;
}

/**
 * What a release is made of: CycloneDX 1.6, as JSON, always the same for the same packages. What is installed where it was packed is named with its version and digest; what is not installed, by the range that was declared.
 * @param at when it was signed
 * @throws CannotDo
 */
export async function billOfMaterials({ name, version, description, licence, dependencies }: PackageFacts, folder: string, at: Date, world: World): Promise<string> {
  const listed = Object.keys(dependencies).length === 0 ? {} : await installed(name, folder, world);
  const main = componentOf(Enums.ComponentType.Library, name, { version, license: licence });
  main.description = description;
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: main, timestamp: at }) });
  const known = new Map<string, Models.Component>();
  const below = (parent: Models.Component, names: Iterable<string>, found: Readonly<Record<string, Listed>>): void => {
    for (const one of names) {
      const { version: which, extraneous, missing, ...rest } = found[one] ?? {};
      if (extraneous) continue;
      const key = `${one}@${which ?? ''}`;
      const before = known.get(key);
      const component = before ?? componentOf(Enums.ComponentType.Library, one, { ...rest, version: missing ? undefined : which });
      parent.dependencies.add(component.bomRef);
      // npm tells of what stands below a package only in one of the places where it is.
      if (!before) {
        known.set(key, component);
        bom.components.add(component);
      }
      if (rest.dependencies) below(component, Object.keys(rest.dependencies), rest.dependencies);
    }
  };
  below(main, new Set(Object.keys(dependencies)), listed);
  return `${new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

async function installed(name: string, folder: string, world: World): Promise<Readonly<Record<string, Listed>>> {
  const { out } = await npm(['ls', '--all', '--json', '--long', '--omit=dev'], folder, world);
  return nodeOf(JSON.parse(out || '{}') as Listed, name)?.dependencies ?? {};
}

/** In a workspace, npm tells of it below the root. */
function nodeOf(tree: Listed, name: string): Listed | undefined { return tree.name === name ? tree : tree.dependencies?.[name]; }

function componentOf(type: Enums.ComponentType, name: string, { version, license, integrity, dist }: Omit<Listed, 'dependencies'>): Models.Component {
  const purl = version === undefined ? undefined : packageUrl(name, version);
  const component = new Models.Component(type, name, { ...(version !== undefined && { version }), bomRef: purl ?? name, ...(purl !== undefined && { purl }) });
  if (license !== undefined) component.licenses.add(SPDX.isSupportedSpdxId(license) ? new Models.SpdxLicense(license) : new Models.NamedLicense(license));
  const sha512 = sha512Of(integrity ?? dist?.integrity);
  if (sha512 !== undefined) component.hashes.set(Enums.HashAlgorithm['SHA-512'], sha512);
  return component;
}
