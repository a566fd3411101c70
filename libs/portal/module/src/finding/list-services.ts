import { Inject, Injectable } from '@nestjs/common';
import { hasModule } from '@guildhall/kernel';
import type { Language, RequestContext } from '@guildhall/kernel-contract';
import { SERVICES } from '@guildhall/services-contract';
import type { ServiceView, ServicesApi } from '@guildhall/services-contract';

/** The letters of each alphabet. The Welsh one counts ch, dd, ff, ng, ll, ph, rh and th as letters of their own. */
const ALPHABETS: Readonly<Record<Language, readonly string[]>> = {
  en: [...'abcdefghijklmnopqrstuvwxyz'],
  cy: ['a', 'b', 'c', 'ch', 'd', 'dd', 'e', 'f', 'ff', 'g', 'ng', 'h', 'i', 'j', 'l', 'll', 'm', 'n', 'o', 'p', 'ph', 'r', 'rh', 's', 't', 'th', 'u', 'w', 'y'],
};

/** Services that begin with a letter. */
export interface Letter { readonly letter: string; readonly services: readonly ServiceView[] }
/** A subject and how it is asked for. */
export interface Subject { readonly id: string; readonly title: ServiceView['category']['title']; readonly href: string; readonly isCurrent: boolean }

/** What the list of services shows: all by letter, those of a subject, or those that fit some words. */
export interface ServiceList {
  readonly query?: string;
  readonly category?: Subject;
  readonly subjects: readonly Subject[];
  readonly services: readonly ServiceView[];
  readonly letters: readonly Letter[];
}

/** What is asked of the list. */
export interface ListQuery { readonly words?: string; readonly category?: string }

/** The letter under which a title stands, in the alphabet of its language. */
export function letterOf(language: Language, title: string): string {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const two = ALPHABETS[language].find((letter) => letter.length === 2 && plain.startsWith(letter));
  return two ?? plain.charAt(0);
}

/** Finds services: by letter, by subject, by words. */
@Injectable()
export class ListServices {
  constructor(@Inject(SERVICES.token) private readonly services: ServicesApi) {}

  async for(ctx: RequestContext, { words, category }: ListQuery): Promise<ServiceList> {
    if (!hasModule(ctx, 'services')) return { subjects: [], services: [], letters: [] };
    const all = await this.services.list(ctx);
    const subjects = subjectsOf(ctx.language, all, category);
    if (words) return { query: words, subjects, services: await this.services.search(ctx, words), letters: [] };
    const current = subjects.find(({ isCurrent }) => isCurrent);
    const services = current ? all.filter((service) => service.category.id === current.id) : all;
    return { category: current, subjects, services, letters: current ? [] : byLetter(ctx.language, services) };
  }
}

function subjectsOf(language: Language, services: readonly ServiceView[], current: string | undefined): readonly Subject[] {
  const subjects = new Map(services.map(({ category }) => [category.id, category]));
  return [...subjects.values()]
    .map(({ id, title }) => ({ id, title, href: `/services?category=${encodeURIComponent(id)}`, isCurrent: id === current }))
    .sort((a, b) => a.title[language].localeCompare(b.title[language], language));
}

function byLetter(language: Language, services: readonly ServiceView[]): readonly Letter[] {
  return ALPHABETS[language].map((letter) => ({ letter, services: services.filter((service) => letterOf(language, service.title[language]) === letter) }));
}
