import type { Text } from '@guildhall/kernel-contract';

/** What the records of processing say of the whole council (UK GDPR, article 30(1)), where an activity says nothing else. @public */
export interface InformationRightsOptions {
  /** Article 37: every public authority has one. The records say that nobody is named while it is left out. */
  readonly dataProtectionOfficer?: { readonly name: string; readonly email: string; readonly telephone?: string };
  /** Of whom data are held (c). */
  readonly subjects: Text;
  /** To which countries or international organisations data go, and by which safeguard (e): `None`. It depends on who runs what for the council, so nothing is assumed. */
  readonly transfers?: Text;
  /** By what they are kept safe (g). */
  readonly security: Text;
}

/** What is true of these systems as they come. */
export const RIGHTS_DEFAULTS: InformationRightsOptions = {
  subjects: { en: 'Residents, and others who use the council’s services, ask for them or pay for them', cy: 'Trigolion, ac eraill sy’n defnyddio gwasanaethau’r cyngor, yn gofyn amdanynt neu’n talu amdanynt' },
  security: {
    en: 'Encrypted on the way, and sealed at rest where it is sensitive; kept apart from other councils’ by the database itself; read and changed only by those whose work it is, and what they do is on record',
    cy: 'Wedi’i amgryptio ar y ffordd, a’i selio wrth ei gadw lle mae’n sensitif; wedi’i gadw ar wahân i ddata cynghorau eraill gan y gronfa ddata ei hun; dim ond y rhai y mae’n waith iddynt sy’n ei ddarllen a’i newid, a chofnodir yr hyn a wnânt',
  },
};
