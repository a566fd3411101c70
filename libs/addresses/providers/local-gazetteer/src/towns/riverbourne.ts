import type { PlannedBuilding, TownPlan } from '../raising/town-plan';

/** Every name with every ending, in turn: Ash Road, Ash Close, Beech Road … */
function each(stems: string, endings: string): string[] {
  return endings.split(' ').flatMap((ending) => stems.split(', ').map((stem) => `${stem} ${ending}`));
}

const buildings: readonly PlannedBuilding[] = [
  { name: 'Riverbourne Town Hall', near: { x: -10, y: 150 } }, { name: 'Riverbourne Library', near: { x: 60, y: 190 } }, { name: 'Corn Exchange', near: { x: 40, y: 90 } },
  { name: 'Riverbourne Leisure Centre', near: { x: -520, y: 320 } }, { name: 'Riverbourne Railway Station', near: { x: 760, y: 190 } }, { name: 'Bourne Valley Community Hospital', near: { x: -180, y: 820 } },
  { name: 'St Aldhelm’s Church', near: { x: -120, y: 60 } }, { name: 'Old Mill Museum', near: { x: 170, y: -300 } }, { name: 'Weirside Primary School', near: { x: -420, y: -420 } },
  { name: 'Northfield Academy', near: { x: 160, y: 760 } }, { name: 'Castle Hill Primary School', near: { x: 420, y: -700 } }, { name: 'The Heron Inn', near: { x: 120, y: -160 } },
  { name: 'The Drovers Arms', near: { x: -60, y: 420 } }, { name: 'Abbey Road Surgery', near: { x: -620, y: 480 } }, { name: 'Quayside Fire Station', near: { x: 620, y: -520 } },
  { name: 'Household Waste and Recycling Centre', near: { x: 1000, y: -640 } },
];

/** Riverbourne: an English market town on an invented river, invented for trying things out. */
export const riverbournePlan: TownPlan = {
  id: 'riverbourne',
  seed: 20_261_123,
  town: { en: 'Riverbourne', cy: 'Riverbourne' },
  districtCode: 'E07000999',
  centre: { latitude: 53.1, longitude: 1.95 },
  radius: 1_130,
  areaRadius: 1_900,
  river: {
    name: { en: 'River Bourne', cy: 'Afon Bourne' },
    halfWidth: 15,
    through: [{ x: -2_000, y: 760 }, { x: -1_450, y: 420 }, { x: -980, y: 250 }, { x: -640, y: -40 }, { x: -260, y: -150 }, { x: 120, y: -240 }, { x: 460, y: -200 }, { x: 800, y: -330 }, { x: 1_250, y: -300 }, { x: 2_000, y: -620 }],
  },
  streets: [
    { name: 'High Street', kind: 'main-road', isBusy: true, through: [{ x: -46, y: 380 }, { x: -20, y: 220 }, { x: 20, y: 60 }, { x: 60, y: -90 }] },
    { name: 'Bridge Street', kind: 'main-road', isBusy: true, through: [{ x: 60, y: -90 }, { x: 82, y: -240 }, { x: 110, y: -400 }] },
    { name: 'North Road', kind: 'main-road', through: [{ x: -46, y: 380 }, { x: -80, y: 640 }, { x: -60, y: 960 }, { x: -160, y: 1_400 }, { x: -220, y: 1_900 }] },
    { name: 'Station Road', kind: 'main-road', isBusy: true, through: [{ x: 20, y: 60 }, { x: 300, y: 90 }, { x: 640, y: 150 }, { x: 960, y: 130 }, { x: 1_400, y: 260 }, { x: 1_900, y: 300 }] },
    { name: 'Abbey Road', kind: 'main-road', through: [{ x: -46, y: 380 }, { x: -340, y: 430 }, { x: -700, y: 420 }, { x: -1_080, y: 560 }, { x: -1_500, y: 830 }, { x: -1_800, y: 980 }] },
    { name: 'Castle Hill', kind: 'main-road', through: [{ x: 110, y: -400 }, { x: 220, y: -640 }, { x: 210, y: -960 }, { x: 330, y: -1_400 }, { x: 380, y: -1_880 }] },
    { name: 'Old Mill Road', kind: 'main-road', through: [{ x: 110, y: -400 }, { x: -200, y: -430 }, { x: -560, y: -400 }, { x: -920, y: -300 }, { x: -1_400, y: -340 }, { x: -1_880, y: -280 }] },
    { name: 'Quay Road', kind: 'main-road', through: [{ x: 110, y: -400 }, { x: 430, y: -440 }, { x: 780, y: -560 }, { x: 1_180, y: -640 }, { x: 1_750, y: -900 }] },
    { name: 'Market Place', kind: 'road', isBusy: true, through: [{ x: -8, y: 165 }, { x: 70, y: 185 }, { x: 150, y: 170 }] },
    { name: 'Ferry Lane', kind: 'lane', through: [{ x: 640, y: 150 }, { x: 660, y: -40 }, { x: 640, y: -220 }] },
    { name: 'Weir Lane', kind: 'lane', through: [{ x: -560, y: -400 }, { x: -500, y: -250 }, { x: -430, y: -140 }] },
    { name: 'Towpath', kind: 'path', through: [{ x: -940, y: 275 }, { x: -615, y: -2 }, { x: -250, y: -113 }, { x: 66, y: -190 }, { x: 120, y: -203 }, { x: 460, y: -163 }, { x: 640, y: -220 }] },
  ],
  grounds: [
    { name: { en: 'Queen’s Park', cy: 'Parc y Frenhines' }, kind: 'green', outline: [{ x: -330, y: 440 }, { x: -300, y: 640 }, { x: -420, y: 730 }, { x: -620, y: 690 }, { x: -660, y: 560 }, { x: -600, y: 440 }] },
    { name: { en: 'Bourne Meadows', cy: 'Dolydd Bourne' }, kind: 'green', outline: [{ x: 300, y: -250 }, { x: 470, y: -235 }, { x: 800, y: -365 }, { x: 1_120, y: -350 }, { x: 1_060, y: -470 }, { x: 760, y: -500 }, { x: 430, y: -400 }, { x: 320, y: -380 }] },
    { name: { en: 'Castle Green', cy: 'Lawnt y Castell' }, kind: 'green', outline: [{ x: 250, y: -640 }, { x: 330, y: -600 }, { x: 420, y: -660 }, { x: 400, y: -790 }, { x: 290, y: -820 }, { x: 245, y: -740 }] },
    { name: { en: 'Northfield Recreation Ground', cy: 'Maes Hamdden Northfield' }, kind: 'green', outline: [{ x: 330, y: 640 }, { x: 520, y: 620 }, { x: 540, y: 780 }, { x: 420, y: 860 }, { x: 320, y: 790 }] },
    { name: { en: 'Market Square', cy: 'Sgwâr y Farchnad' }, kind: 'square', outline: [{ x: 12, y: 105 }, { x: 128, y: 118 }, { x: 132, y: 158 }, { x: 68, y: 170 }, { x: 4, y: 152 }] },
    { name: { en: 'Mill Pond', cy: 'Pwll y Felin' }, kind: 'water', outline: [{ x: -420, y: -210 }, { x: -350, y: -190 }, { x: -330, y: -240 }, { x: -370, y: -280 }, { x: -430, y: -260 }] },
  ],
  wards: [
    { code: 'E05099901', name: { en: 'Market', cy: 'Market' }, centre: { x: 60, y: 200 }, names: [...each('Corn, Saddler, Cooper, Weaver, Chandler, Tanner, Fletcher, Baker', 'Street'), 'Cheap Street', 'Silver Street', 'Butter Row', 'Shambles Lane', 'Pump Court', 'Angel Row', 'Guild Street', 'St Aldhelm’s Row', 'Bell Yard', 'Swan Passage', 'Crown Street', 'Malt Lane', 'Wool Lane', ...each('Cooper, Weaver, Chandler, Glover, Mercer', 'Court')] },
    { code: 'E05099902', name: { en: 'Abbey', cy: 'Abbey' }, centre: { x: -760, y: 640 }, names: [...each('Abbot, Priory, Cloister, Chapter, Vesper, Almoner, Minster, Pilgrim, Chantry, Sexton', 'Road'), ...each('Abbot, Cloister, Psalter, Monk, Friar, Almoner, Chapter, Lady', 'Walk'), ...each('Priory, Minster, Pilgrim, Chantry, Friar, Vesper', 'Close'), ...each('Sexton, Psalter, Monk, Deacon', 'Gardens')] },
    { code: 'E05099903', name: { en: 'Northfield', cy: 'Northfield' }, centre: { x: 60, y: 980 }, names: [...each('Ash, Beech, Cedar, Elm, Hawthorn, Hazel, Holly, Hornbeam, Juniper, Larch', 'Road'), ...each('Lime, Maple, Oak, Poplar, Rowan, Sycamore, Walnut, Willow', 'Avenue'), ...each('Ash, Beech, Elm, Hazel, Holly, Larch, Maple, Rowan', 'Close'), ...each('Cedar, Juniper, Willow, Alder', 'Drive')] },
    { code: 'E05099904', name: { en: 'Station', cy: 'Station' }, centre: { x: 800, y: 560 }, names: [...each('Albert, Alma, Brunel, Clarence, Engine, Florence, Foundry, George, Gladstone, Inkerman, Railway, Stephenson', 'Street'), ...each('Victoria, Edward, Alexandra, Telford, Trevithick, Locke, Arkwright', 'Road'), ...each('Albert, Brunel, Clarence, Florence, Gladstone, Signal', 'Terrace'), 'Carriage Row', 'Turntable Way', 'Platform Lane', 'Goods Yard Lane', 'Viaduct Street'] },
    { code: 'E05099905', name: { en: 'Quayside', cy: 'Quayside' }, centre: { x: 900, y: -420 }, names: [...each('Anchor, Barge, Capstan, Chandlery, Compass, Cooperage, Ferryman, Keel, Lighter, Rope', 'Street'), ...each('Mooring, Mariner, Rudder, Sail, Tide, Windlass, Wherry', 'Way'), ...each('Anchor, Compass, Keel, Mariner, Capstan', 'Court'), 'Ropewalk', 'Tar Lane', 'Customs Row', 'Slipway Lane', 'Bollard Row'] },
    { code: 'E05099906', name: { en: 'Castle Hill', cy: 'Castle Hill' }, centre: { x: 380, y: -1_000 }, names: [...each('Bailey, Barbican, Buttress, Drawbridge, Falconer, Garrison, Keep, Moat, Rampart, Turret', 'Road'), ...each('Archer, Herald, Knight, Lance, Portcullis, Squire, Tourney', 'Drive'), ...each('Bailey, Falconer, Herald, Knight, Squire, Turret, Archer', 'Close'), ...each('Garrison, Rampart, Keep, Sentinel', 'Crescent')] },
    { code: 'E05099907', name: { en: 'Weirside', cy: 'Weirside' }, centre: { x: -420, y: -720 }, names: [...each('Bittern, Bunting, Curlew, Dipper, Dunlin, Heron, Kingfisher, Lapwing, Mallard, Moorhen', 'Road'), ...each('Osprey, Plover, Sandpiper, Swallow, Swift, Teal, Wagtail', 'Way'), ...each('Bittern, Curlew, Dunlin, Heron, Lapwing, Plover, Teal, Redshank', 'Close'), ...each('Mallard, Swallow, Wigeon, Avocet', 'Crescent')] },
    { code: 'E05099908', name: { en: 'Millbrook', cy: 'Millbrook' }, centre: { x: -1_020, y: -160 }, names: [...each('Barley, Buttercup, Campion, Clover, Cowslip, Foxglove, Harvest, Haywain, Meadow', 'Road'), ...each('Orchard, Poppy, Primrose, Sorrel, Speedwell, Tansy, Teasel', 'Lane'), ...each('Barley, Campion, Clover, Cowslip, Primrose, Sorrel, Yarrow', 'Close'), ...each('Millstone, Sluice, Waterwheel, Granary', 'Drive')] },
  ],
  pulls: [
    { kind: 'around', at: { x: 40, y: 100 }, reach: 420 },
    { kind: 'along', at: { x: -700, y: 700 }, degrees: 24, reach: 520 },
    { kind: 'along', at: { x: 40, y: 960 }, degrees: -6, reach: 420 },
    { kind: 'along', at: { x: 800, y: 520 }, degrees: 10, reach: 460 },
    { kind: 'along', at: { x: 1_000, y: -120 }, degrees: -12, reach: 360 },
    { kind: 'around', at: { x: 330, y: -700 }, reach: 420 },
    { kind: 'along', at: { x: 760, y: -760 }, degrees: -22, reach: 320 },
    { kind: 'around', at: { x: -320, y: -900 }, reach: 380 },
    { kind: 'along', at: { x: -960, y: -100 }, degrees: -48, reach: 420 },
  ],
  buildings,
  riversideNames: ['Millstream Lane', 'Wharf Street', 'Sluice Lane', 'Reedbed Lane', 'Water Lane', 'Bankside', 'Osier Road', 'Punt Lane', 'Eel Trap Lane', 'Alder Carr'],
  greensideNames: ['Park Road', 'Parkside', 'Bandstand Road', 'Queen’s Gate', 'Meadowside', 'Green Lane', 'Bowling Green Road', 'Pavilion Road', 'Lawn Road', 'Park View'],
  houseNames: ['Rose Cottage', 'The Old Bakery', 'Orchard House', 'Ivy Cottage', 'The Coach House', 'Wisteria House', 'Mill Cottage', 'Yew Tree House', 'The Old Forge', 'Lavender Cottage', 'Hillside', 'The Gables', 'Fairview', 'Willow Cottage', 'The Granary', 'Holly Bank', 'Church View', 'The Old School House', 'Chestnut Lodge', 'Brookside'],
  blockNames: ['Heron Court', 'Millwheel House', 'Osier Court', 'Weir House', 'Kingfisher Court', 'Bourne House', 'Alder Court', 'Sluice House', 'Riverside Court', 'Exchange House', 'Granary Court', 'Lock House'],
  sectors: [1, 2, 3, 4, 5],
  firstUprn: 990_000_100_001,
  firstUsrn: 99_100_001,
};
