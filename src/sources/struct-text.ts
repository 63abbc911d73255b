import type { Json } from '../model/json.ts';

/**
 * A row, list or map as Athena prints it into a text: `{type=IAMUser, sessioncontext={attributes=null}}`, `[{arn=…}]`.
 * Values stand there without quotes, so that one ends where a bracket or the next name begins. Undefined for anything
 * else.
 */
export function structOf(text: string): Json | undefined {
  if (!/^(?:\{[\w.]+=|\[\{[\w.]+=)/.test(text)) return undefined;
  const reading = new StructText(text);
  const value = reading.value();
  return reading.isOver ? value : undefined;
}

class StructText {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isOver(): boolean {
    return this.#at === this.#text.length;
  }

  value(): Json {
    if (this.#take('{')) return this.#members();
    if (this.#take('[')) return this.#items();
    scalar.lastIndex = this.#at;
    const [text = ''] = scalar.exec(this.#text) ?? [];
    this.#at += text.length;
    return text === 'null' ? null : text;
  }

  #members(): Json {
    const members: Record<string, Json> = {};
    while (!this.#take('}')) {
      name.lastIndex = this.#at;
      const [head, key] = name.exec(this.#text) ?? [];
      if (head === undefined || key === undefined) break;
      this.#at += head.length;
      members[key] = this.value();
      this.#take(', ');
    }
    return members;
  }

  #items(): Json {
    const items: Json[] = [];
    while (!this.isOver && !this.#take(']')) {
      const before = this.#at;
      items.push(this.value());
      this.#take(', ');
      if (this.#at === before) break;
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
/** Up to the next name, the next of a list that is an object, or closing brackets that end all or are followed by one. */
const scalar = /.*?(?=, [\w.]+=|, \{|[}\]]+(?:, |$))/sy;
