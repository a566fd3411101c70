import type { Text } from '@guildhall/kernel-contract';
import type { QuestionType } from '../question';

/** What is said when nothing was answered and the question has no words of its own. */
export const MISSING: Readonly<Partial<Record<QuestionType, Text>>> = {
  email: { en: 'Enter your email address', cy: 'Rhowch eich cyfeiriad e-bost' },
  phone: { en: 'Enter your telephone number', cy: 'Rhowch eich rhif ffôn' },
  name: { en: 'Enter your full name', cy: 'Rhowch eich enw llawn' },
  address: { en: 'Find your address and choose it, or enter it by hand', cy: 'Dewch o hyd i’ch cyfeiriad a’i ddewis, neu rhowch ef â llaw' },
  location: { en: 'Say where it is: find an address or street, choose a point on the map, or describe the place', cy: 'Dywedwch ble mae: dewch o hyd i gyfeiriad neu stryd, dewiswch bwynt ar y map, neu disgrifiwch y lle' },
  photos: { en: 'Add a photo', cy: 'Ychwanegwch lun' },
  declaration: { en: 'Tick the box to confirm', cy: 'Ticiwch y blwch i gadarnhau' },
};
/** The same for all other types, when a council's extension left the words out. */
export const ANSWER_THIS: Text = { en: 'Answer this question', cy: 'Atebwch y cwestiwn hwn' };

function kilometres(metres: number): string {
  return metres < 950 ? `${Math.round(metres / 100) * 100} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** Everything else that can be wrong with what was typed. Each says what to do. */
export const ERRORS = {
  tooLong: (most: number): Text => ({ en: `Use ${most} characters or fewer`, cy: `Defnyddiwch ${most} nod neu lai` }),
  farApart: (place: string, metres: number): Text => ({ en: `The point on the map is about ${kilometres(metres)} from ${place}. Choose which one is right`, cy: `Mae tua ${kilometres(metres)} rhwng y pwynt ar y map a’r lle a ddewiswyd, ${place}. Dewiswch pa un sy’n gywir` }),
  notAChoice: { en: 'Choose one of the answers that are listed', cy: 'Dewiswch un o’r atebion sydd wedi’u rhestru' },
  noneAndOthers: { en: 'Choose answers, or “none”, but not both', cy: 'Dewiswch atebion, neu “dim un”, ond nid y ddau' },
  notANumber: { en: 'Enter a whole number in figures, like 2', cy: 'Rhowch rif cyfan mewn ffigurau, fel 2' },
  tooSmall: (least: string): Text => ({ en: `Enter ${least} or more`, cy: `Rhowch ${least} neu fwy` }),
  tooLarge: (most: string): Text => ({ en: `Enter ${most} or less`, cy: `Rhowch ${most} neu lai` }),
  notMoney: { en: 'Enter an amount in pounds, like 12.50', cy: 'Rhowch swm mewn punnoedd, fel 12.50' },
  dateParts: (missing: Text): Text => ({ en: `The date must include ${missing.en}`, cy: `Rhaid i’r dyddiad gynnwys ${missing.cy}` }),
  notADate: (example: string): Text => ({ en: `Enter a real date, like ${example}`, cy: `Rhowch ddyddiad go iawn, fel ${example}` }),
  yearInFull: { en: 'Enter the year with four figures, like 2026', cy: 'Rhowch y flwyddyn â phedwar ffigur, fel 2026' },
  tooEarly: (day: Text): Text => ({ en: `Enter a date that is ${day.en} or later`, cy: `Rhowch ddyddiad sydd ar ${day.cy} neu’n hwyrach` }),
  tooLate: (day: Text): Text => ({ en: `Enter a date that is ${day.en} or earlier`, cy: `Rhowch ddyddiad sydd ar ${day.cy} neu’n gynharach` }),
  notAnEmail: { en: 'Enter an email address, like name@place.example', cy: 'Rhowch gyfeiriad e-bost, fel enw@lle.example' },
  notAPhone: { en: 'Enter a UK telephone number, like 01632 960 001 or 07700 900 982', cy: 'Rhowch rif ffôn y DU, fel 01632 960 001 neu 07700 900 982' },
  notAMobile: { en: 'Enter a UK mobile number, like 07700 900 982', cy: 'Rhowch rif ffôn symudol y DU, fel 07700 900 982' },
  addressLine: { en: 'Enter the first line of the address: a house number and street', cy: 'Rhowch linell gyntaf y cyfeiriad: rhif tŷ a stryd' },
  addressPostcode: { en: 'Enter a postcode, like ZZ99 1AB', cy: 'Rhowch god post, fel ZZ99 1AB' },
  addressGone: { en: 'We could not find that address any more. Search again, or enter it by hand', cy: 'Nid oedd modd dod o hyd i’r cyfeiriad hwnnw bellach. Chwiliwch eto, neu rhowch ef â llaw' },
  notAPoint: (example?: string): Text => (example ? { en: `Enter a latitude and a longitude, like ${example}`, cy: `Rhowch lledred a hydred, fel ${example}` } : { en: 'Enter a latitude and a longitude, with a comma between them', cy: 'Rhowch lledred a hydred, gyda choma rhyngddynt' }),
  pointElsewhere: { en: 'That point is not in the United Kingdom. Enter the latitude first, then the longitude', cy: 'Nid yw’r pwynt hwnnw yn y Deyrnas Unedig. Rhowch y lledred yn gyntaf, yna’r hydred' },
  pointOutside: (council: Text, example: string): Text => ({ en: `That place is not in the area of ${council.en}. Enter the latitude first, then the longitude, like ${example}`, cy: `Nid yw’r lle hwnnw yn ardal ${council.cy}. Rhowch y lledred yn gyntaf, yna’r hydred, fel ${example}` }),
  tooManyPhotos: (most: number): Text => ({ en: `Keep ${most} photos or fewer: remove one`, cy: `Cadwch ${most} llun neu lai: tynnwch un` }),
} as const;
