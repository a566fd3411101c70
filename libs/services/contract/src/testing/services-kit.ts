import { strict as assert } from 'node:assert';
import { LANGUAGES, defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { ConformanceKit, RequestContext } from '@guildhall/kernel-contract';
import type { ServicesApi } from '../services-api';

/** What the kit needs: an implementation that offers the hedgehog houses and at least one other service, and a context of that council in each language. @public */
export interface ServicesHarness { readonly services: ServicesApi; readonly ctx: RequestContext }

/** What every implementation of ServicesApi must do. @public */
export const servicesKit: ConformanceKit<ServicesHarness> = defineKit<ServicesHarness>({
  id: 'services-api', contract: 'services', version: '0.1.0',
  cases: [
    {
      id: 'SVC-001', title: 'lists every service once, by its title in the language of whoever asks', async run({ services, ctx }) {
        for (const language of LANGUAGES) {
          const listed = await services.list({ ...ctx, language });
          assert.ok(listed.some(({ slug }) => slug === 'hedgehog-houses') && listed.length >= 2);
          assert.equal(new Set(listed.map(({ slug }) => slug)).size, listed.length);
          const titles = listed.map(({ title }) => title[language]);
          assert.deepEqual(titles, [...titles].sort((a, b) => a.localeCompare(b, language)));
        }
      },
    },
    {
      id: 'SVC-002', title: 'finds a service by its name, in every language and with the council’s settings in its words', async run({ services, ctx }) {
        const found = await services.find(ctx, 'hedgehog-houses');
        assert.equal(found?.path, '/services/hedgehog-houses');
        for (const language of LANGUAGES) {
          assert.ok(found.title[language].trim() && found.summary[language].trim() && found.category.title[language].trim());
          assert.match(found.cost?.[language] ?? '', /£\d+\.\d\d/);
          assert.ok(found.keywords[language].length > 0);
        }
        assert.deepEqual(found, (await services.list(ctx)).find(({ slug }) => slug === 'hedgehog-houses'));
      },
    },
    {
      id: 'SVC-003', title: 'knows nothing of a service that the council does not offer', async run({ services, ctx }) {
        for (const slug of ['submarines', '', '../garden', 'hedgehog-houses/']) assert.equal(await services.find(ctx, slug), undefined);
      },
    },
    {
      id: 'SVC-004', title: 'finds by words in either language, forgives a spelling mistake, and keeps to the limit', async run({ services, ctx }) {
        for (const words of ['hedgehog house', 'tŷ draenog', 'hedgehgo houses', 'WILDLIFE']) assert.equal((await services.search(ctx, words))[0]?.slug, 'hedgehog-houses', words);
        assert.deepEqual(await services.search(ctx, 'submarine'), []);
        assert.deepEqual(await services.search(ctx, '   '), []);
        assert.equal((await services.search(ctx, 'hedgehog', 1)).length, 1);
      },
    },
    {
      id: 'SVC-005', title: 'refuses to search for a whole page of words', async run({ services, ctx }) {
        await assert.rejects(services.search(ctx, 'x'.repeat(201)), (error: unknown) => isGuildhallError(error) && error.code === 'invalid-input');
      },
    },
    {
      id: 'SVC-006', title: 'names the most used first, and fills up with the others', async run({ services, ctx }) {
        const used = await services.mostUsed(ctx, 50);
        assert.deepEqual(new Set(used.map(({ slug }) => slug)), new Set((await services.list(ctx)).map(({ slug }) => slug)));
        assert.equal((await services.mostUsed(ctx, 1)).length, 1);
      },
    },
  ],
});
