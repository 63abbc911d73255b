/** A value that knows what it holds, so that nobody must go through all of it again. */
export interface Weighed {
  readonly weighs: number;
}

/**
 * About how many bytes a value holds in memory: by what it says and not by how it lies there, so that what is evicted by
 * it is the same wherever and whenever it runs. What stands in several places counts in each.
 */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') return 24 + value.length;
  if (typeof value !== 'object' || value === null) return 16;
  if ('weighs' in value && typeof value.weighs === 'number') return value.weighs;
  let weight = 32;
  if (Array.isArray(value)) {
    for (const item of value) weight += 8 + weightOf(item);
  } else if (value instanceof Map) {
    weight += 160;
    for (const [name, item] of value) weight += 24 + weightOf(name) + weightOf(item);
  } else if (value instanceof Set) {
    weight += 160;
    for (const item of value) weight += 16 + weightOf(item);
  } else {
    for (const name in value) weight += 8 + weightOf(value[name as keyof typeof value]);
  }
  return weight;
}

/** The beginning of a text that is too long, in memory of its own: a mere slice would keep the whole alive. */
export function cutOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1) + text.charAt(length - 1);
  // Joined texts are written out when somebody asks for one of their characters.
  cut.charCodeAt(0);
  return cut;
}
