/** What a shorthand text says, before the model gives it types. */
export type Loose = string | readonly Loose[] | { readonly [name: string]: Loose };

export class ShorthandError extends Error {
  override readonly name = 'ShorthandError';
}

/**
 * `Key=value,List=a,b,Nested={Key=value},Items=[a,b]`.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */
export function parseShorthand(text: string): { readonly [name: string]: Loose } {
  const reader = new Reader(text);
  const value = reader.pairs('');
  if (!reader.ended) reader.complain(',');
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  complain(expected: string): never {
    const received = this.ended ? 'EOF' : this.#text.charAt(this.#at);
    const text = `Expected: '${expected}', received: '${received}' for input:\n${this.#text}\n${' '.repeat(this.#at)}^`;
    throw new ShorthandError(text);
  }

  /** Pairs up to a closing sign, '' for the end of the text. */
  pairs(close: string): { readonly [name: string]: Loose } {
    const made: Record<string, Loose> = {};
    this.#space();
    while (close === '' || this.#peek() !== close) {
      const key = this.#match(/[\w\-.:/ #@]*[\w\-.:/#]/y);
      if (key === undefined && this.ended) this.complain(close === '' ? '=' : close);
      this.#expect('=');
      made[key?.trim() ?? ''] = close === '' ? this.#topValue() : this.#value(`,${close}`);
      this.#space();
      if (this.ended && close === '') break;
      if (close !== '' && this.#peek() === close) break;
      this.#expect(',');
      this.#space();
    }
    return made;
  }

  /** `Values=a,b,Name=c`: what follows a comma belongs to the list unless it is a key. */
  #topValue(): Loose {
    const first = this.#value(',');
    if (typeof first !== 'string') return first;
    const list = [first];
    while (this.#peek() === ',' && !this.#keyFollows()) {
      this.#at++;
      this.#space();
      if (this.ended) break;
      list.push(this.#scalar(','));
    }
    return list.length === 1 ? first : list;
  }

  #keyFollows(): boolean {
    return /^,\s*[\w\-.:/ #@]*=/.test(this.#text.slice(this.#at));
  }

  #value(ends: string): Loose {
    this.#space();
    if (this.#peek() === '[') return this.#list();
    if (this.#peek() !== '{') return this.#scalar(ends);
    this.#at++;
    const made = this.pairs('}');
    this.#expect('}');
    return made;
  }

  #list(): Loose {
    this.#expect('[');
    const list: Loose[] = [];
    this.#space();
    while (this.#peek() !== ']') {
      list.push(this.#value(',]'));
      this.#space();
      if (this.#peek() !== ']') this.#expect(',');
      this.#space();
    }
    this.#expect(']');
    return list;
  }

  #scalar(ends: string): string {
    const quote = this.#peek();
    if (quote !== "'" && quote !== '"') {
      let made = '';
      while (!this.ended && !ends.includes(this.#peek())) {
        if (this.#peek() === '\\' && `,\\${ends}`.includes(this.#text.charAt(this.#at + 1))) this.#at++;
        made += this.#text.charAt(this.#at++);
      }
      return made.trimEnd();
    }
    this.#at++;
    let made = '';
    while (this.#peek() !== quote) {
      if (this.ended) this.complain(quote);
      if (this.#peek() === '\\' && [quote, '\\'].includes(this.#text.charAt(this.#at + 1))) this.#at++;
      made += this.#text.charAt(this.#at++);
    }
    this.#at++;
    return made;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #space(): void {
    this.#match(/\s*/y);
  }

  #expect(sign: string): void {
    this.#space();
    if (this.#peek() !== sign) this.complain(sign);
    this.#at++;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.#at += found.length;
    return found;
  }
}
