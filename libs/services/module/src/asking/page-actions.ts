import { Inject, Injectable } from '@nestjs/common';
import { mapAround, parsePoint, type MapView } from '@guildhall/addresses-contract';
import type { FormBody } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { placeChoice, type LookedUp, type Problem, type Question, type RawFields } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';
import { AddPhotos, type PhotoRefused } from '../photos/add-photos';
import { photosOf } from '../photos/photo-list';
import { RemovePhoto } from '../photos/remove-photo';
import { SearchPlaces, type PlacesFound } from '../places/search-places';
import { ShowMap, withPoint } from '../places/show-map';
import { PHOTO_PROBLEMS } from '../wording/photo-problems';
import { one } from './field-view';
import type { PageVisit } from './page-request';
import type { ShownAgain } from './show-page';

/** What a form asked for: to be shown again with something, or to be read. */
export interface Asked { readonly visit: PageVisit; readonly raw: RawFields; readonly lookedUp?: Readonly<Record<string, LookedUp>>; readonly show?: ShownAgain }

/** What the buttons of a page beside "Continue" do: search, move the map, take in a photo or remove it, change the language. Each works without JavaScript: the page comes back with what was typed. */
@Injectable()
export class PageActions {
  constructor(
    @Inject(SearchPlaces) private readonly places: SearchPlaces, @Inject(ShowMap) private readonly map: ShowMap,
    @Inject(AddPhotos) private readonly photos: AddPhotos, @Inject(RemovePhoto) private readonly removal: RemovePhoto,
  ) {}

  /** Does what a button of the page asks for; or gets the form ready to be read. */
  async before(visit: PageVisit, body: FormBody): Promise<Asked> {
    const { ctx, step: { questions } } = visit;
    const afterPhotos = await this.photosOf(visit, body);
    if (afterPhotos.show) return afterPhotos;
    const { raw, views, didMap, lookedUp } = await this.read(ctx, questions, body);
    if (didMap) return { visit, raw, show: { raw, problems: [], views, found: await this.resultsFor(ctx, questions, raw) } };
    if (raw['switch-language'] !== undefined) return { visit: afterPhotos.visit, raw, show: { raw, problems: [], views, found: await this.resultsFor(ctx, questions, raw), isInAnotherLanguage: true } };
    const found = await this.searches(ctx, questions, raw);
    const searched = Object.keys(found);
    if (searched.length) {
      const others = await this.resultsFor(ctx, questions.filter(({ id }) => !searched.includes(id)), raw);
      return { visit, raw, show: { raw: afresh(raw, searched), problems: [], found: { ...others, ...found }, views: { ...views, ...aroundThe(found) } } };
    }
    return { visit: afterPhotos.visit, raw, lookedUp };
  }

  /** The fields as the engine reads them, with what the gazetteer says to them. */
  async read(ctx: RequestContext, questions: readonly Question[], body: FormBody): Promise<{ readonly raw: RawFields; readonly views: Readonly<Record<string, MapView>>; readonly didMap: boolean; readonly lookedUp: Readonly<Record<string, LookedUp>> }> {
    let raw: RawFields = body;
    const views: Record<string, MapView> = {};
    let didMap = false;
    for (const { id } of questions.filter(({ type }) => type === 'location')) {
      const map = await this.map.read(ctx, id, body);
      raw = withPoint(id, raw, map);
      if (map) views[id] = map.view;
      didMap ||= map?.did !== undefined;
    }
    const lookedUp = didMap ? {} : await this.places.lookUp(ctx, questions, raw, ({ id }) => parsePoint(one(raw, `${id}-point`)));
    return { raw, views, didMap, lookedUp };
  }

  /** The results of the last search with what was chosen among them, for a page that is shown again. */
  async resultsFor(ctx: RequestContext, questions: readonly Question[], raw: RawFields): Promise<Readonly<Record<string, PlacesFound>>> {
    const found: Record<string, PlacesFound> = {};
    for (const { id, type } of questions) {
      const words = one(raw, `${id}-searched`).trim();
      if (type !== 'address' && type !== 'location') continue;
      const again = words ? await this.places.find(ctx, type, words.slice(0, 100), (one(raw, `${id}-building`) || one(raw, `${id}-narrowed`)).trim().slice(0, 40)) : undefined;
      const results = await this.places.withChosen(ctx, again, placeChoice(raw, id), words);
      if (results) found[id] = results;
    }
    return found;
  }

  /** Searches that were asked for: by the button, or by typing words and pressing "Continue" without choosing. */
  private async searches(ctx: RequestContext, questions: readonly Question[], raw: RawFields): Promise<Readonly<Record<string, PlacesFound>>> {
    const found: Record<string, PlacesFound> = {};
    for (const { id, type } of questions) {
      if (type !== 'address' && type !== 'location') continue;
      const words = one(raw, `${id}-find`).trim();
      const isNew = words !== one(raw, `${id}-searched`).trim();
      // Enter on a result presses the form's first button, which searches: who has chosen among these results goes on.
      const isAsked = one(raw, `${id}-action`) === 'find' && (isNew || placeChoice(raw, id) === undefined || one(raw, `${id}-building`).trim() !== '');
      const isOtherwiseAnswered = placeChoice(raw, id) !== undefined || (type === 'address' ? one(raw, `${id}-line1`).trim() !== '' : one(raw, `${id}-described`).trim() !== '' || one(raw, `${id}-point`).trim() !== '');
      if (words && (isAsked || (isNew && !isOtherwiseAnswered))) found[id] = await this.places.find(ctx, type, words.slice(0, 100), one(raw, `${id}-building`).trim().slice(0, 40));
    }
    return found;
  }

  private async photosOf(visit: PageVisit, body: FormBody): Promise<Asked> {
    const { ctx, req, draft, step: { questions } } = visit;
    const question = questions.find((one_) => one_.type === 'photos');
    const unchanged: Asked = { visit, raw: body };
    if (question?.type !== 'photos' || !draft || draft.state !== 'open') return unchanged;
    const removed = one(body, `${question.id}-remove`);
    if (removed) {
      await this.removal.remove(ctx, draft, question, removed);
      return again({ ...visit, draft: without(draft, question, removed) }, body, []);
    }
    // A browser sends a part without a name where no file was chosen; an empty file has one.
    const files = (req.uploads ?? []).filter(({ field, filename, sizeInBytes }) => field === question.id && (filename !== '' || sizeInBytes > 0));
    if (files.length === 0) return one(body, `${question.id}-action`) === 'add' ? again(visit, body, [{ question: question.id, field: question.id, message: PHOTO_PROBLEMS.none }]) : unchanged;
    const { draft: after, refused } = await this.photos.add(ctx, draft, question, files, one(body, 'version'));
    const now = { ...visit, draft: after };
    if (refused.length || one(body, `${question.id}-action`) === 'add') return again(now, body, refused.map((photo) => problemOf(question.id, photo)));
    return { visit: now, raw: body };
  }
}

/** A new search is not narrowed as the last one was. */
function afresh(raw: RawFields, searched: readonly string[]): RawFields {
  return { ...raw, ...Object.fromEntries(searched.map((id) => [`${id}-narrowed`, undefined])) };
}

/** A search leads the map to what it found. */
function aroundThe(found: Readonly<Record<string, PlacesFound>>): Readonly<Record<string, MapView>> {
  return Object.fromEntries(Object.entries(found).flatMap(([id, { at }]) => (at ? [[id, mapAround(at, 17)]] : [])));
}

function again(visit: PageVisit, raw: RawFields, problems: readonly Problem[]): Asked {
  return { visit, raw, show: { raw, problems } };
}

function without(draft: Draft, question: Question, documentId: string): Draft {
  return { ...draft, version: draft.version + 1, answers: { ...draft.answers, [question.id]: photosOf(question, draft).filter((photo) => photo.documentId !== documentId) } };
}

function problemOf(question: string, { filename, reason }: PhotoRefused): Problem {
  const words = PHOTO_PROBLEMS[reason];
  const name = filename.slice(0, 60);
  return { question, field: question, message: name ? { en: `${name}: ${words.en}`, cy: `${name}: ${words.cy}` } : words };
}
