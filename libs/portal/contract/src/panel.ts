/**
 * Something that a module shows on one of the portal's pages: the module's own template with the data that it needs.
 * @public
 */
export interface PortalPanel {
  /** Message key of the heading, in the module's own texts: `payments.account.title`. The portal writes the heading. */
  readonly titleKey: string;
  /** Values for the heading's placeholders. */
  readonly titleValues?: Readonly<Record<string, string | number>>;
  /** Template of the registering module, named from its views folder: `payments/account-section.njk`. It extends nothing. */
  readonly template: string;
  /** What the template sees as `panel`. Ids, texts and values made for showing; never an entity. */
  readonly data: object;
  /** How many there are, shown beside the heading; leave out when a number says nothing. */
  readonly count?: number;
}
