import { defineTexts } from '@guildhall/kernel-contract';

/** What residents read of maps. */
export const addressesTexts = defineTexts({
  en: {
    map: {
      title: 'Map',
      shows: 'Map showing {streets}.',
      'shows-more': 'Map showing {streets} and other streets.',
      'shows-none': 'Map without named streets.',
      'mark-near': 'The mark is near {address}.',
      how: 'Select a place on the map to put the mark there. Or move the map with the buttons until the place is in its middle, then mark the middle.',
      pick: 'Put the mark where you select',
      moves: 'Move the map',
      north: 'Move the map north',
      south: 'Move the map south',
      east: 'Move the map east',
      west: 'Move the map west',
      in: 'Zoom in',
      out: 'Zoom out',
      mark: 'Mark the middle of the map',
      here: 'Use where I am',
      'here-failed': 'Your device did not tell us where you are. Use the map, or search for a street.',
    },
  },
  cy: {
    map: {
      title: 'Map',
      shows: 'Map yn dangos {streets}.',
      'shows-more': 'Map yn dangos {streets} a strydoedd eraill.',
      'shows-none': 'Map heb strydoedd wedi’u henwi.',
      'mark-near': 'Mae’r marc ger {address}.',
      how: 'Dewiswch le ar y map i roi’r marc yno. Neu symudwch y map gyda’r botymau nes bod y lle yn ei ganol, yna marciwch y canol.',
      pick: 'Rhoi’r marc lle rydych yn dewis',
      moves: 'Symud y map',
      north: 'Symud y map i’r gogledd',
      south: 'Symud y map i’r de',
      east: 'Symud y map i’r dwyrain',
      west: 'Symud y map i’r gorllewin',
      in: 'Chwyddo’r map',
      out: 'Lleihau’r map',
      mark: 'Marcio canol y map',
      here: 'Defnyddio fy lleoliad i',
      'here-failed': 'Ni ddywedodd eich dyfais wrthym ble rydych chi. Defnyddiwch y map, neu chwiliwch am stryd.',
    },
  },
});
