import { InvalidInput, type RequestContext } from '@guildhall/kernel-contract';
import type { ServiceExtension } from '../extension';
import { installService, type ServiceRegistration } from '../installed-service';
import { searchServices } from '../search-services';
import type { ServiceView, ServicesApi } from '../services-api';
import { viewOfService } from '../view-of-service';

/** Services for other modules' tests: what is registered, without drafts. It passes the same kit as the module. @public */
export function inMemoryServices(registrations: readonly ServiceRegistration[], extensions: readonly ServiceExtension[] = []): ServicesApi {
  const views = registrations.map((registration) => viewOfService(installService(registration, extensions)));
  const list = ({ language }: RequestContext): readonly ServiceView[] => [...views].sort((a, b) => a.title[language].localeCompare(b.title[language], language));
  return {
    list: async (ctx) => list(ctx),
    find: async (_ctx, slug) => views.find((view) => view.slug === slug),
    search: async (ctx, words, limit = 20) => {
      if (words.length > 200) throw new InvalidInput('Search with at most 200 characters.', [{ field: 'q', message: 'must be at most 200 characters' }]);
      return searchServices(list(ctx), words, limit);
    },
    mostUsed: async (ctx, limit = 6) => list(ctx).slice(0, limit),
  };
}
