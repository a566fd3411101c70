import { defineTemplate, type MessageTemplate } from '@guildhall/notifications-contract';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import { templateSets } from './template-sets';

const dug = defineTemplate({ id: 'ponds.dug', title: { en: 'Your pond', cy: 'Eich pwll' }, placeholders: { reference: 'text' }, channels: { sms: { body: { en: 'Dug: ((reference))', cy: 'Wedi’i gloddio: ((reference))' } } } });
const filled = defineTemplate({ id: 'ponds.filled', title: { en: 'No pond', cy: 'Dim pwll' }, placeholders: {}, channels: { sms: { body: { en: 'Filled', cy: 'Wedi’i lenwi' } } } });
const other = defineTemplate({ id: 'trees.felled', title: { en: 'A tree', cy: 'Coeden' }, placeholders: {}, channels: { sms: { body: { en: 'Felled', cy: 'Wedi’i thorri' } } } });
const all = [dug, other, filled] as unknown as readonly MessageTemplate[];
const saying = (en: string, cy = en): object => ({ title: dug.title, channels: { sms: { body: { en, cy } } } });
const change = (templates: object): readonly MessageTemplate[] => templateSets.change(all, [{ thing: 'ponds', revision: 1, definition: 1, content: { templates }, isInForce: true }]) as readonly MessageTemplate[];
const problems = async (templates: object): Promise<readonly string[]> => (await templateSets.problems({} as RequestContext, all, 'ponds', { templates })).map((problem) => (problem as Text).en);
const welsh = async (templates: object): Promise<string> => (await templateSets.problems({} as RequestContext, all, 'ponds', { templates })).map((problem) => (problem as Text).cy).join(' ');

describe('the messages of a package', () => {
  it('are one set, called by the first of them', () => {
    expect(templateSets.things(all).map(({ id, title }) => [id, title.en])).toEqual([['ponds', 'Your pond, and 1 more'], ['trees', 'A tree']]);
  });
  it('change as far as the council has words for them; the others stay', () => {
    const [first, second, third] = change({ dug: saying('We dug ((reference))', 'Cloddiwyd ((reference))') });
    expect([first?.channels.sms?.body.en, second, third]).toEqual(['We dug ((reference))', other, filled]);
    expect(first?.placeholders).toBe(dug.placeholders);
  });
  it.each([
    ['a placeholder that nobody fills', { dug: saying('((password)) ((reference))') }, 'uses ((password))'], ['a placeholder that is left out', { dug: saying('Dug') }, 'is used nowhere'], ['another message', { drained: saying('x') }, 'There is no message drained here. There are dug, filled.'],
    ['another channel', { dug: { title: dug.title, channels: { letter: { heading: dug.title, body: dug.title } } } }, 'it goes by sms here, and the file has words for letter'],
  ])('refuse %s, and are never changed by it', async (_, templates, says) => {
    expect((await problems(templates)).join(' ')).toContain(says);
    expect(change(templates)[0]).toBe(all[0]);
  });
  it('say to Welsh readers in Welsh what does not fit', async () => {
    expect(await welsh({ dug: saying('((password)) ((reference))') })).toBe('dug: mae corff y neges destun yn "en" yn defnyddio ((password)), nad yw ymhlith ei ddalfannau. dug: mae corff y neges destun yn "cy" yn defnyddio ((password)), nad yw ymhlith ei ddalfannau.');
    expect(await welsh({ drained: saying('x') })).toBe('Nid oes neges drained yma. Y rhai sydd yma yw dug, filled.');
  });
});
