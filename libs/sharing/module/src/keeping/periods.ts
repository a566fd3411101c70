/** What somebody told once, from the press on: so long is it brought to whoever does not have it yet. ISO 8601, as the others. */
export const OWN_CHANGE_KEPT_FOR = 'P1Y';
/** That something was put right or erased elsewhere, once the body's own systems have it. */
export const HEARD_KEPT_FOR = 'P1Y';
/** What another body was told of a dispute or a correction, once it has taken it or turned it down. */
export const SETTLED_MESSAGE_KEPT_FOR = 'P1Y';
/** Why an officer looked: as long as their person may go to court over it (Limitation Act 1980, section 9). */
export const LOOK_KEPT_FOR = 'P6Y';
