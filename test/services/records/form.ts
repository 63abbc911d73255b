/** `text` and its like, or what stands under each key; a list has the forms of its items. */
export type Form = string | null | readonly Form[] | { readonly [key: string]: Form };

const forms: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'time'],
  [/^[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M$/, 'date'],
  [/^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d:\d\d [AP]M$/, 'date, with a comma'],
  [/^arn:aws:/, 'arn'],
  [/^HIDDEN_DUE_TO_SECURITY_REASONS$/, 'hidden'],
  [/^<sensitiveDataRemoved>$/, 'removed'],
];

/** Of what form a record, or what stands in one, is. */
export function formOf(value: unknown): Form {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(formOf);
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, formOf(member)]));
  }
  if (typeof value !== 'string') return typeof value;
  return forms.find(([pattern]) => pattern.test(value))?.[1] ?? 'text';
}
