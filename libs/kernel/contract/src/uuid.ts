/** Whether a text is a UUID, and may be compared with a column of that type: PostgreSQL refuses the whole statement for one that is not. @public */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
