import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { themeOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { boundsOfView } from '@guildhall/addresses-contract';
import type { MapView, Point } from '@guildhall/addresses-contract';
import { DescribeMap } from './describe-map';
import { drawMap } from './draw-map';
import { FindStreets } from './find-streets';
import { lookOf } from './map-look';

/** A drawn map, ready to be sent. */
export interface DrawnMap { readonly svg: Buffer; readonly compressed: Buffer; readonly etag: string }

/** Some four megabytes for all councils of a process. */
const MOST_KEPT = 400;

/** Draws maps, and keeps those that were asked for last. */
@Injectable()
export class MapPictures {
  readonly #kept = new Map<string, DrawnMap>();
  constructor(@Inject(FindStreets) private readonly streets: FindStreets, @Inject(DescribeMap) private readonly words: DescribeMap) {}

  async draw(ctx: RequestContext, view: MapView, options: { readonly at?: Point; readonly isOverlay: boolean }): Promise<DrawnMap> {
    const { at, isOverlay } = options;
    const key = [ctx.council.id, ctx.language, view.zoom, view.centre.latitude, view.centre.longitude, at?.latitude, at?.longitude, isOverlay].join(' ');
    const known = this.#kept.get(key);
    if (known) {
      // The last asked for is the last to go.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const map = isOverlay ? undefined : await this.streets.within(ctx, boundsOfView(view));
    const description = isOverlay ? '' : await this.words.describe(ctx, view, at, map);
    const svg = Buffer.from(drawMap({ view, map, at, look: lookOf(themeOf(ctx)), language: ctx.language, title: this.words.title(ctx), description }));
    const drawn = { svg, compressed: gzipSync(svg, { level: 9 }), etag: `"${createHash('sha256').update(svg).digest('base64url').slice(0, 22)}"` };
    if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value as string);
    this.#kept.set(key, drawn);
    return drawn;
  }
}
