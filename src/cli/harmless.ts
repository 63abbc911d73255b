/**
 * Text as a terminal may show it. Names, programs and errors in logs are written by whoever called: with what steers a
 * terminal they could hide lines of ours, or write others. Line breaks and tabs of a text of ours stay.
 */
export function harmless(text: string): string {
  return text.replace(steering, escaped);
}

/** The same for a text that stands within a line. */
export function harmlessWord(text: string): string {
  return text.replace(steeringOrBreaking, escaped);
}

/** As JSON spells it, so that a line of JSON says the same afterwards. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

// Control characters, and what turns the direction of writing.
const direction = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const steering = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f${direction}]`, 'g');
const steeringOrBreaking = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029${direction}]`, 'g');
