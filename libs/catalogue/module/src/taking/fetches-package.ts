import { OUTBOUND } from '@guildhall/kernel';
import { done, isGuildhallError, refused, type Outbound, type OutboundResponse, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { documentReader } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { OwnFeed } from '../logging/own-feed';
import { MOST_PACKED_BYTES, MOST_REGISTRY_BYTES } from './limits';

/** Why a package did not come: for good, or for now. */
export type NotFetched = Refusal<'no-registry' | 'not-there' | 'not-yet'>;

const readVersions = documentReader<{ readonly versions: Readonly<Record<string, { readonly dist: { readonly tarball: string } } | undefined>> }>({
  type: 'object', required: ['versions'],
  properties: { versions: { type: 'object', additionalProperties: { type: 'object', required: ['dist'], properties: { dist: { type: 'object', required: ['tarball'], properties: { tarball: { type: 'string', maxLength: 2000 } } } } } } },
}, 'what a registry says of a package');
const MOST_HOPS = 3;
const TIMEOUT_IN_SECONDS = 30;

/** Fetches packages from the registry of their scope. What the registry says of them is not believed: it says where they are. */
@Injectable()
export class FetchesPackage {
  constructor(@Inject(OUTBOUND) private readonly outbound: Outbound, private readonly own: OwnFeed) {}

  async fetch(ctx: RequestContext, name: string, version: string): Promise<Outcome<Uint8Array, NotFetched>> {
    const { registries } = this.own.options(ctx);
    const [scope = ''] = name.split('/');
    const registry = Object.hasOwn(registries, scope) ? registries[scope] : registries['*'];
    if (registry === undefined) return refused('no-registry', `It is not known here in which registry the packages of ${scope} are. Ask whoever keeps this catalogue to name it.`);
    try {
      const said = await this.#get(registry, `${registry.replace(/\/$/, '')}/${name.replace('/', '%2f')}`, 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8', MOST_REGISTRY_BYTES);
      if (said.status === 404) return refused('not-yet', `${name} is not in its registry (${registry}). Publish it there, and hand it in again.`);
      if (said.status !== 200) return refused('not-yet', `The registry (${registry}) answered with ${said.status}.`);
      const versions = readVersions(said.json());
      if (!versions.ok) return refused('not-yet', `The registry (${registry}) answered with something that is not known here.`);
      const tarball = Object.hasOwn(versions.value.versions, version) ? versions.value.versions[version]?.dist.tarball : undefined;
      if (tarball === undefined) return refused('not-yet', `${name} is in its registry (${registry}), and ${version} is not. Publish it there, and hand it in again.`);
      const came = await this.#get(registry, tarball, 'application/octet-stream', MOST_PACKED_BYTES);
      return came.status === 200 ? done(came.bytes()) : refused('not-yet', `The registry (${registry}) answered with ${came.status} when it was asked for ${name} ${version}.`);
    } catch (error) {
      if (error instanceof SyntaxError) return refused('not-yet', `The registry (${registry}) answered with something that is not known here.`);
      if (!isGuildhallError(error)) throw error;
      if (/too large/.test(error.message)) return refused('not-there', `It is larger than ${MOST_PACKED_BYTES / 1024 / 1024} MB. Leave out what is not needed to run it ("files" in package.json).`);
      return refused(error.code === 'unavailable' ? 'not-yet' : 'not-there', `It could not be fetched: ${error.message}`);
    }
  }

  /** A registry may keep packages elsewhere: there is gone only where that is on the public internet. */
  async #get(registry: string, first: string, accept: string, mostBytes: number): Promise<OutboundResponse> {
    const { origin } = new URL(registry);
    let url = first;
    for (let hops = 0; ; hops++) {
      const answer = await this.outbound.fetch(url, { headers: { accept }, mostBytes, timeoutInSeconds: TIMEOUT_IN_SECONDS, onlyPublic: { except: [origin] } });
      const { location } = answer.headers;
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined || hops === MOST_HOPS || !URL.canParse(location, url)) return answer;
      url = new URL(location, url).href;
    }
  }
}
