import { defineService } from '@guildhall/services-contract';
import { hedgehogHouses } from '@guildhall/services-contract/testing';

const text = (en: string) => ({ en, cy: `${en} (cy)` });

/** Asks where you live, and on one page whether you are a member and what you have to say. */
export const hedgehogAid = defineService({
  slug: 'hedgehog-aid', version: 1, title: text('Hedgehog aid'), summary: text('Get help.'), category: hedgehogHouses.category, keywords: { en: ['aid'], cy: ['cymorth'] },
  audience: { signIn: 'offered' }, start: { who: text('Everybody.'), minutes: 1 }, settings: {},
  pages: [
    { slug: 'home', questions: [{ id: 'home', type: 'address', attribute: 'address.current', purposes: ['hedgehog-help'], title: text('Where do you live?') }] },
    { slug: 'about', title: text('About you'), questions: [
      { id: 'isMember', type: 'yes-no', attribute: 'hedgehogs.member', title: text('Are you a member?'), missing: text('Select whether you are a member') },
      { id: 'note', type: 'text', title: text('What do you need?'), missing: text('Enter what you need') },
    ] },
  ],
  opens: { types: [{ ...hedgehogHouses.opens.types[0], id: 'hedgehog-aid' } as (typeof hedgehogHouses.opens.types)[number]], summary: () => text('Aid'), location: 'home' },
  confirmation: { next: [text('Thank you.')] }, privacy: hedgehogHouses.privacy,
});
