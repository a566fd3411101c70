import { defineService } from '@guildhall/services-contract';
import { hedgehogHouses } from '@guildhall/services-contract/testing';

const text = (en: string, cy: string) => ({ en, cy });

/** A service for signed-in residents with an address, a place, photos and a fee, for specs. */
export const hedgehogClub = defineService({
  slug: 'hedgehog-club', version: 1, title: text('Hedgehog club', 'Clwb draenogod'), summary: text('Join the club.', 'Ymunwch â’r clwb.'), category: hedgehogHouses.category, keywords: { en: ['hedgehog club'], cy: ['clwb draenogod'] },
  audience: { signIn: 'required' }, start: { who: text('Everybody.', 'Pawb.'), minutes: 1 },
  settings: { fee: { type: 'money', title: 'Fee', default: 1500 } },
  pages: [
    { slug: 'home', questions: [{ id: 'home', type: 'address', attribute: 'address.current', title: text('Where do you live?', 'Ble ydych chi’n byw?') }] },
    { slug: 'members', questions: [{ id: 'members', type: 'number', atLeast: 1, atMost: 9, title: text('How many of you?', 'Faint ohonoch chi?'), missing: text('Enter how many', 'Rhowch faint') }] },
    { slug: 'card', questions: [{ id: 'wantsCard', type: 'yes-no', title: text('Do you want a card?', 'Ydych chi eisiau cerdyn?'), missing: text('Select yes or no', 'Dewiswch ie neu na') }] },
  ],
  declaration: { id: 'agrees', type: 'declaration', title: text('Rules', 'Rheolau'), statements: [text('I am kind to hedgehogs.', 'Rwy’n garedig wrth ddraenogod.')], confirm: text('I agree', 'Rwy’n cytuno'), missing: text('Tick to agree', 'Ticiwch i gytuno') },
  fee: ({ answers, settings }) => [{ code: 'members', title: text('Members', 'Aelodau'), amountInPence: answers.members * settings.fee, ledgerCode: 'HC-1', vatRate: 'standard' }],
  opens: { types: [{ ...hedgehogHouses.opens.types[0], id: 'hedgehog-club' } as (typeof hedgehogHouses.opens.types)[number]], summary: () => text('Club membership', 'Aelodaeth o’r clwb'), location: 'home' },
  confirmation: { next: [text('Your card comes by post.', 'Daw eich cerdyn drwy’r post.')] }, privacy: hedgehogHouses.privacy,
});

/** A service for everybody with a branch, a place and photos, without a fee. */
export const hedgehogSightings = defineService({
  slug: 'hedgehog-sightings', version: 1, title: text('Report a hedgehog', 'Rhoi gwybod am ddraenog'), summary: text('Tell us where you saw one.', 'Dywedwch wrthym ble gwelsoch chi un.'), category: hedgehogHouses.category, keywords: { en: ['sighting'], cy: ['gweld'] },
  audience: { signIn: 'offered' }, start: { who: text('Everybody.', 'Pawb.'), minutes: 1 }, settings: {},
  pages: [
    { slug: 'alive', questions: [{ id: 'alive', type: 'yes-no', title: text('Was it alive?', 'Oedd e’n fyw?'), missing: text('Select yes or no', 'Dewiswch ie neu na') }] },
    { slug: 'doing', when: { alive: true }, questions: [{ id: 'doing', type: 'radios', title: text('What did it do?', 'Beth wnaeth e?'), missing: text('Select what it did', 'Dewiswch beth wnaeth e'), options: [{ value: 'sleep', title: text('It slept', 'Roedd yn cysgu') }, { value: 'run', title: text('It ran', 'Roedd yn rhedeg') }] }] },
    { slug: 'where', questions: [{ id: 'place', type: 'location', title: text('Where was it?', 'Ble oedd e?') }] },
    { slug: 'pictures', questions: [{ id: 'pictures', type: 'photos', optional: true, atMost: 2, title: text('Do you have photos?', 'Oes gennych chi luniau?') }] },
    { slug: 'words', questions: [{ id: 'words', type: 'textarea', optional: true, maxLength: 100, title: text('Anything else?', 'Unrhyw beth arall?') }] },
  ],
  opens: { types: [{ ...hedgehogHouses.opens.types[0], id: 'hedgehog-sightings' } as (typeof hedgehogHouses.opens.types)[number]], summary: () => text('Hedgehog seen', 'Gwelwyd draenog'), location: 'place' },
  confirmation: { next: [text('Thank you.', 'Diolch.')] }, privacy: hedgehogHouses.privacy,
});
