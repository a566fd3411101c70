import type { InstalledService } from './installed-service';
import type { ServiceView } from './services-api';

/** The one mapper from a service to what is public of it. @public */
export function viewOfService({ service, slug, version }: InstalledService): ServiceView {
  const { title, summary, category, keywords, audience, start } = service;
  return { slug, version, title, summary, category: { id: category.id, title: category.title }, keywords, signIn: audience.signIn, minutes: start.minutes, ...(start.cost && { cost: start.cost }), path: `/services/${slug}` };
}
