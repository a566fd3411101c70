import type { OwnCommand } from '@guildhall/kernel';
import { PeopleOfRegister } from './people-of-register';

/** What the desk's page does, for a node without a desk. */
export const erasePerson: OwnCommand = {
  name: 'erase-person', takes: 'ID', does: 'erase what is kept for sharing of somebody, by their id in a register',
  run: async (app, ctx, id) => {
    const { reference, erased, kept } = await app.get(PeopleOfRegister, { strict: false }).erase(ctx, id);
    return [`${reference}: ${erased} record${erased === 1 ? '' : 's'} erased, ${kept.length} kept. A worker (node main.js work) tells the other bodies.`, ...kept.map(({ title, onErasure }) => `  kept: ${title.en}${onErasure.does === 'keep' ? `, because ${onErasure.because.en}` : ''}`)].join('\n');
  },
};
