/** Somebody invented, as One Login would know them. @public */
export interface SimulatedPerson {
  readonly id: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly phone?: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  /** How surely One Login can say who it is; `return-code` is a check that fails. */
  readonly identity: 'P2' | 'P1' | 'none' | 'return-code';
  /** As the address claim has it: the fields of OS Places, the UPRN a number. */
  readonly addresses: readonly Readonly<Record<string, string | number>>[];
  /** Shown when they proved who they are. */
  readonly passport?: { readonly documentNumber: string; readonly icaoIssuerCode: string; readonly expiryDate: string };
  /** Shown when they proved who they are. */
  readonly drivingPermit?: { readonly personalNumber: string; readonly issueNumber: string; readonly issuedBy: 'DVLA' | 'DVA'; readonly issueDate: string; readonly expiryDate: string; readonly fullAddress: string };
}

/** Everybody here is made up: the domains, telephone numbers, postcodes, UPRNs and documents belong to nobody. @public */
export const SIMULATED_PEOPLE: readonly SimulatedPerson[] = [
  {
    id: 'nerys', email: 'nerys.pritchard@post.example', isEmailVerified: true, phone: '+447700900321', givenName: 'Nerys', familyName: 'Pritchard', birthDate: '1958-03-14', identity: 'P2',
    addresses: [
      { uprn: 99000000417, buildingNumber: '7', streetName: 'Invented Row', addressLocality: 'Riverbourne', postalCode: 'ZZ99 7AB', addressCountry: 'GB', validFrom: '2019-05-01' },
      { uprn: 99000000018, buildingName: 'Old Mill', streetName: 'Made-Up Lane', addressLocality: 'Glanafon', postalCode: 'ZZ99 3CY', addressCountry: 'GB', validFrom: '2001-01-01', validUntil: '2019-04-30' },
    ],
    passport: { documentNumber: '999000417', icaoIssuerCode: 'GBR', expiryDate: '2034-03-13' },
    drivingPermit: { personalNumber: 'INVEN553148N99ZZ', issueNumber: 'ZZ', issuedBy: 'DVLA', issueDate: '2024-05-01', expiryDate: '2034-04-30', fullAddress: '7 Invented Row, Riverbourne, ZZ99 7AB' },
  },
  { id: 'jonah', email: 'jonah.okafor@post.example', isEmailVerified: true, phone: '+447700900322', givenName: 'Jonah', familyName: 'Okafor', birthDate: '1991-11-02', identity: 'none', addresses: [] },
  { id: 'wren', email: 'wren.halloway@post.example', isEmailVerified: true, givenName: 'Wren', familyName: 'Halloway', birthDate: '2001-07-29', identity: 'return-code', addresses: [] },
  { id: 'tadeo', email: 'tadeo.ruiz@post.example', isEmailVerified: true, givenName: 'Tadeo', familyName: 'Ruiz', birthDate: '1975-09-09', identity: 'P1', addresses: [], drivingPermit: { personalNumber: 'INVEN709095T99ZZ', issueNumber: 'ZZ', issuedBy: 'DVA', issueDate: '2021-02-01', expiryDate: '2031-01-31', fullAddress: '2 Made-Up Lane, Glanafon, ZZ99 3CY' } },
  { id: 'iris', email: 'iris.unproven@post.example', isEmailVerified: false, givenName: 'Iris', familyName: 'Unproven', birthDate: '1988-12-12', identity: 'none', addresses: [] },
];
