import type { Json } from '../model/json.ts';
import { limits } from './limits.ts';

/**
 * A row, list or map as Athena prints it into a text: `{type=IAMUser, sessioncontext={attributes=null}}`, `[{arn=…}]`.
 * Values stand there without quotes, so that one ends where a bracket or the next name begins. Undefined for anything
 * else.
 */
export function structOf(text: string): Json | undefined {
  if (!/^(?:\{[\w.]+=|\[\{[\w.]+=)/.test(text)) return undefined;
  const reading = new StructText(text);
  const value = reading.value();
  return reading.isWhole ? value : undefined;
}

class StructText {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #isOpen = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** All of the text was read, and what was opened was closed. */
  get isWhole(): boolean {
    return this.#at === this.#text.length && !this.#isOpen;
  }

  value(): Json {
    // What nests deeper is no row of a log: reading ends before the text does.
    if (this.#depth > limits.depth) return null;
    this.#depth++;
    const value = this.#take('{') ? this.#members() : this.#take('[') ? this.#items() : this.#scalar();
    this.#depth--;
    return value;
  }

  /** Up to the next name, the next of a list that is an object, or closing brackets that end all or are followed by one. */
  #scalar(): Json {
    const [text, start] = [this.#text, this.#at];
    while (this.#at < text.length) {
      if (text[this.#at] === ',' && isAt(next, text, this.#at)) break;
      const end = pastClosing(text, this.#at);
      if (end > this.#at && (end === text.length || text.startsWith(', ', end))) break;
      this.#at = Math.max(end, this.#at + 1);
    }
    const value = text.slice(start, this.#at);
    return value === 'null' ? null : value;
  }

  #members(): Json {
    const members: Record<string, Json> = {};
    while (!this.#take('}')) {
      name.lastIndex = this.#at;
      const [head, key] = name.exec(this.#text) ?? [];
      if (head === undefined || key === undefined) {
        this.#isOpen = true;
        break;
      }
      this.#at += head.length;
      members[key] = this.value();
      this.#take(', ');
    }
    return members;
  }

  #items(): Json {
    const items: Json[] = [];
    while (!this.#take(']')) {
      const before = this.#at;
      items.push(this.value());
      this.#take(', ');
      if (this.#at === before) {
        this.#isOpen = true;
        break;
      }
    }
    return items;
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

const name = /([\w.]+)=/y;
const next = /, (?:[\w.]+=|\{)/y;

function isAt(form: RegExp, text: string, at: number): boolean {
  form.lastIndex = at;
  return form.test(text);
}

/** Behind the closing brackets that stand there. */
function pastClosing(text: string, from: number): number {
  let at = from;
  while (text[at] === '}' || text[at] === ']') at++;
  return at;
}
