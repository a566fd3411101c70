/** Of a bill of materials. */
export const MOST_COMPONENTS_CHARACTERS = 4_000_000;
