import type { PlannedBuilding, StreetName, TownPlan } from '../raising/town-plan';

/** A Welsh name and its English one, from pairs written `y Dderwen/Oak`. Endings likewise: `Heol/Road`. */
function each(pairs: string, endings: string): StreetName[] {
  return endings.split(', ').flatMap((ending) => pairs.split(', ').map((pair): StreetName => {
    const [welshEnding, englishEnding] = ending.split('/') as [string, string];
    const [welsh, english] = pair.split('/') as [string, string];
    return { cy: `${welshEnding} ${welsh}`, en: `${english} ${englishEnding}` };
  }));
}

const buildings: readonly PlannedBuilding[] = [
  { name: { cy: 'Neuadd y Dref Glanafon', en: 'Glanafon Town Hall' }, near: { x: 20, y: 90 } }, { name: { cy: 'Llyfrgell Glanafon', en: 'Glanafon Library' }, near: { x: -60, y: 160 } },
  { name: { cy: 'Gorsaf Glanafon', en: 'Glanafon Station' }, near: { x: 560, y: 330 } }, { name: { cy: 'Ysgol Gynradd y Bryn', en: 'Ysgol Gynradd y Bryn' }, near: { x: -520, y: 520 } },
  { name: { cy: 'Ysgol Uwchradd Glanafon', en: 'Glanafon High School' }, near: { x: 120, y: 740 } }, { name: { cy: 'Canolfan Hamdden yr Afon', en: 'Riverside Leisure Centre' }, near: { x: 420, y: -120 } },
  { name: { cy: 'Capel Bethania', en: 'Bethania Chapel' }, near: { x: -160, y: 60 } }, { name: { cy: 'Eglwys Dewi Sant', en: 'St David’s Church' }, near: { x: 130, y: 210 } },
  { name: { cy: 'Tafarn y Llong', en: 'The Ship Inn' }, near: { x: -20, y: -120 } }, { name: { cy: 'Meddygfa’r Castell', en: 'Castle Surgery' }, near: { x: -420, y: -480 } },
  { name: { cy: 'Canolfan Ailgylchu Glanafon', en: 'Glanafon Recycling Centre' }, near: { x: 760, y: -420 } }, { name: { cy: 'Amgueddfa’r Harbwr', en: 'Harbour Museum' }, near: { x: 260, y: -300 } },
];

const trees = 'y Dderwen/Oak, yr Onnen/Ash, y Fedwen/Birch, y Gelynnen/Holly, yr Helygen/Willow, y Ffawydden/Beech, y Gollen/Hazel, y Wernen/Alder, y Griafolen/Rowan, y Ddraenen Wen/Hawthorn';
const birds = 'yr Ehedydd/Skylark, y Wennol/Swallow, y Dryw/Wren, y Fronfraith/Thrush, y Fwyalchen/Blackbird, y Barcud/Kite, y Crëyr/Heron, y Gog/Cuckoo, y Robin Goch/Robin, yr Hebog/Falcon';
const saints = 'Dewi/St David’s, Padarn/St Padarn’s, Teilo/St Teilo’s, Cadog/St Cadoc’s, Non/St Non’s, Illtud/St Illtyd’s, Beuno/St Beuno’s, Ffraid/St Bride’s';
const farm = 'y Felin/Mill, yr Ysgubor/Barn, y Berllan/Orchard, y Gwair/Hay, y Ddôl/Meadow, yr Ŷd/Corn, y Bugail/Shepherd, y Stabl/Stable, yr Efail/Smithy, y Llaethdy/Dairy';
const sea = 'yr Harbwr/Harbour, y Cei/Quay, yr Angor/Anchor, y Goleudy/Lighthouse, yr Hwyl/Sail, y Morwr/Mariner, y Pysgotwr/Fisherman, y Rhaff/Rope, y Llanw/Tide, y Cwch/Boat';
const hill = 'y Bryn/Hill, y Graig/Rock, y Mynydd/Mountain, y Cwm/Valley, y Garreg/Stone, y Ffynnon/Spring, y Rhedyn/Fern, y Grug/Heather, yr Eithin/Gorse, y Gwynt/Wind';
const castle = 'y Castell/Castle, y Tŵr/Tower, y Porth/Gate, y Mur/Wall, y Tywysog/Prince, y Saethydd/Archer, y Marchog/Knight, y Delyn/Harp, y Bardd/Bard, y Gadair/Chair';

/** Glanafon: a Welsh harbour town on an invented river, invented for trying things out. Streets have a Welsh and an English name. */
export const glanafonPlan: TownPlan = {
  id: 'glanafon',
  seed: 19_040_301,
  town: { en: 'Glanafon', cy: 'Glanafon' },
  districtCode: 'W06000999',
  centre: { latitude: 52.38, longitude: -4.6 },
  radius: 960,
  areaRadius: 1_700,
  river: {
    name: { en: 'River Gwenlyn', cy: 'Afon Gwenlyn' },
    halfWidth: 20,
    through: [{ x: 900, y: 1_560 }, { x: 720, y: 900 }, { x: 470, y: 420 }, { x: 330, y: 60 }, { x: 60, y: -190 }, { x: -260, y: -230 }, { x: -620, y: -330 }, { x: -1_100, y: -560 }, { x: -1_800, y: -700 }],
  },
  streets: [
    { name: { cy: 'Stryd Fawr', en: 'High Street' }, kind: 'main-road', isBusy: true, through: [{ x: -210, y: 310 }, { x: -120, y: 170 }, { x: -30, y: 30 }, { x: 10, y: -100 }] },
    { name: { cy: 'Stryd y Bont', en: 'Bridge Street' }, kind: 'main-road', isBusy: true, through: [{ x: 10, y: -100 }, { x: 20, y: -220 }, { x: 40, y: -370 }] },
    { name: { cy: 'Heol yr Orsaf', en: 'Station Road' }, kind: 'main-road', isBusy: true, through: [{ x: -30, y: 30 }, { x: 190, y: 130 }, { x: 400, y: 300 }, { x: 620, y: 330 }, { x: 1_050, y: 260 }, { x: 1_680, y: 300 }] },
    { name: { cy: 'Heol y Gogledd', en: 'North Road' }, kind: 'main-road', through: [{ x: -210, y: 310 }, { x: -220, y: 640 }, { x: -120, y: 980 }, { x: -160, y: 1_680 }] },
    { name: { cy: 'Heol y Capel', en: 'Chapel Road' }, kind: 'main-road', through: [{ x: -210, y: 310 }, { x: -500, y: 330 }, { x: -860, y: 240 }, { x: -1_250, y: 330 }, { x: -1_680, y: 360 }] },
    { name: { cy: 'Heol y De', en: 'South Road' }, kind: 'main-road', through: [{ x: 40, y: -370 }, { x: 30, y: -640 }, { x: 160, y: -960 }, { x: 120, y: -1_680 }] },
    { name: { cy: 'Ffordd yr Harbwr', en: 'Harbour Way' }, kind: 'main-road', through: [{ x: 40, y: -370 }, { x: -300, y: -400 }, { x: -640, y: -520 }, { x: -1_060, y: -780 }] },
    { name: { cy: 'Heol y Dwyrain', en: 'East Road' }, kind: 'main-road', through: [{ x: 40, y: -370 }, { x: 380, y: -330 }, { x: 760, y: -380 }, { x: 1_240, y: -300 }, { x: 1_660, y: -340 }] },
    { name: { cy: 'Maes y Farchnad', en: 'Market Place' }, kind: 'road', isBusy: true, through: [{ x: -78, y: 100 }, { x: 0, y: 160 }, { x: 60, y: 230 }] },
    { name: { cy: 'Lôn y Fferi', en: 'Ferry Lane' }, kind: 'lane', through: [{ x: -500, y: 330 }, { x: -460, y: 80 }, { x: -420, y: -200 }] },
    { name: { cy: 'Llwybr yr Afon', en: 'River Path' }, kind: 'path', through: [{ x: 370, y: 277 }, { x: 270, y: 85 }, { x: 40, y: -135 }, { x: 12, y: -152 }, { x: -260, y: -180 }, { x: -420, y: -200 }] },
  ],
  grounds: [
    { name: { en: 'Gwenlyn Park', cy: 'Parc Gwenlyn' }, kind: 'green', outline: [{ x: -700, y: 420 }, { x: -480, y: 420 }, { x: -400, y: 520 }, { x: -440, y: 660 }, { x: -620, y: 700 }, { x: -740, y: 560 }] },
    { name: { en: 'Castle Field', cy: 'Cae’r Castell' }, kind: 'green', outline: [{ x: 120, y: -470 }, { x: 280, y: -440 }, { x: 330, y: -560 }, { x: 240, y: -680 }, { x: 120, y: -640 }] },
    { name: { en: 'Riverside Meadow', cy: 'Dôl yr Afon' }, kind: 'green', outline: [{ x: 390, y: 60 }, { x: 500, y: 260 }, { x: 640, y: 270 }, { x: 620, y: 120 }, { x: 480, y: 0 }] },
    { name: { en: 'The Square', cy: 'Y Sgwâr' }, kind: 'square', outline: [{ x: -40, y: 64 }, { x: 50, y: 112 }, { x: 84, y: 176 }, { x: 58, y: 196 }, { x: -4, y: 134 }, { x: -58, y: 92 }] },
  ],
  wards: [
    { code: 'W05099901', name: { cy: 'Canol y Dref', en: 'Town Centre' }, centre: { x: -40, y: 120 }, names: [...each('y Pobydd/Baker, y Gwehydd/Weaver, y Crydd/Cobbler, y Gof/Smith, y Cyfrwywr/Saddler, y Teiliwr/Tailor', 'Stryd/Street'), { cy: 'Stryd y Frenhines', en: 'Queen Street' }, { cy: 'Stryd y Brenin', en: 'King Street' }, { cy: 'Stryd Newydd', en: 'New Street' }, { cy: 'Lôn Gefn', en: 'Back Lane' }, { cy: 'Stryd y Farchnad', en: 'Market Street' }, { cy: 'Stryd y Llew Coch', en: 'Red Lion Street' }, { cy: 'Stryd y Ffynnon', en: 'Well Street' }, ...each('y Gwehydd/Weaver, y Gof/Smith, y Pobydd/Baker', 'Llys/Court')] },
    { code: 'W05099902', name: { cy: 'Y Bryn', en: 'Hill' }, centre: { x: -460, y: 700 }, names: each(hill, 'Heol/Road, Clos/Close, Rhodfa/Drive') },
    { code: 'W05099903', name: { cy: 'Yr Orsaf', en: 'Station' }, centre: { x: 560, y: 620 }, names: [...each(saints, 'Heol/Road, Teras/Terrace, Cilgant/Crescent'), { cy: 'Stryd y Rheilffordd', en: 'Railway Street' }, { cy: 'Lôn yr Iard Nwyddau', en: 'Goods Yard Lane' }] },
    { code: 'W05099904', name: { cy: 'Yr Harbwr', en: 'Harbour' }, centre: { x: -640, y: -120 }, names: each(sea, 'Stryd/Street, Ffordd/Way, Clos/Close') },
    { code: 'W05099905', name: { cy: 'Y Castell', en: 'Castle' }, centre: { x: 160, y: -720 }, names: each(castle, 'Heol/Road, Clos/Close, Rhodfa/Drive') },
    { code: 'W05099906', name: { cy: 'Y Felin', en: 'Mill' }, centre: { x: 820, y: -100 }, names: each(farm, 'Heol/Road, Lôn/Lane, Clos/Close') },
    { code: 'W05099907', name: { cy: 'Y Coed', en: 'Woods' }, centre: { x: 180, y: 860 }, names: each(trees, 'Heol/Road, Rhodfa/Avenue, Clos/Close') },
    { code: 'W05099908', name: { cy: 'Glan y Dŵr', en: 'Waterside' }, centre: { x: -520, y: -760 }, names: each(birds, 'Heol/Road, Ffordd/Way, Clos/Close') },
  ],
  pulls: [
    { kind: 'around', at: { x: -60, y: 140 }, reach: 320 },
    { kind: 'along', at: { x: -560, y: 660 }, degrees: -14, reach: 420 },
    { kind: 'along', at: { x: 80, y: 820 }, degrees: 18, reach: 360 },
    { kind: 'along', at: { x: 640, y: 620 }, degrees: 58, reach: 380 },
    { kind: 'along', at: { x: -640, y: 20 }, degrees: 6, reach: 360 },
    { kind: 'around', at: { x: 220, y: -560 }, reach: 380 },
    { kind: 'along', at: { x: 760, y: -60 }, degrees: 22, reach: 420 },
    { kind: 'along', at: { x: -420, y: -720 }, degrees: 26, reach: 420 },
  ],
  buildings,
  riversideNames: [{ cy: 'Glan yr Afon', en: 'Riverside' }, { cy: 'Lôn y Pysgod', en: 'Fish Lane' }, { cy: 'Stryd y Cei', en: 'Quay Street' }, { cy: 'Ffordd y Llanw', en: 'Tide Way' }, { cy: 'Lôn yr Hesg', en: 'Sedge Lane' }, { cy: 'Trem yr Afon', en: 'River View' }, { cy: 'Lôn y Rhyd', en: 'Ford Lane' }],
  greensideNames: [{ cy: 'Heol y Parc', en: 'Park Road' }, { cy: 'Trem y Parc', en: 'Park View' }, { cy: 'Ffordd y Gerddi', en: 'Gardens Way' }, { cy: 'Lôn Las', en: 'Green Lane' }, { cy: 'Heol y Lawnt', en: 'Lawn Road' }],
  houseNames: ['Tŷ Gwyn', 'Bryn Awel', 'Tan y Graig', 'Tŷ Capel', 'Hafod', 'Bod Hyfryd', 'Y Bwthyn', 'Haulfryn', 'Pen y Bryn', 'Tŷ Newydd', 'Gwynfa', 'Llys Derw', 'Erw Deg', 'Hen Felin', 'Tŷ Isaf', 'Arosfa', 'Craig y Nos', 'Golygfa', 'Maes yr Haf', 'Tŷ Uchaf'],
  blockNames: ['Llys yr Afon', 'Llys Gwenlyn', 'Tŷ’r Harbwr', 'Llys y Cei', 'Llys Padarn', 'Tŷ’r Felin', 'Llys y Bont', 'Llys yr Alarch'],
  sectors: [6, 7, 8, 9],
  firstUprn: 990_000_200_001,
  firstUsrn: 99_200_001,
};
