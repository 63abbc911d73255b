import { AddressSet } from '../address-set.ts';
import type { ListMatch } from '../world.ts';

/** One list under the name that its findings give: addresses and ranges, names with all below them, hashes. */
export class NamedList {
  readonly name: string;
  readonly #addresses = new AddressSet();
  readonly #names = new Set<string>();
  readonly #hashes = new Set<string>();

  constructor(name: string) {
    this.name = name;
  }

  get size(): number {
    return this.#addresses.size + this.#names.size + this.#hashes.size;
  }

  /** Adds one indicator, also one made harmless (`hxxp://bad[.]example/x`); false when it is none that logs can hold. */
  add(text: string): boolean {
    const entry = restored(text);
    if (entry === '') return false;
    if (this.#addresses.add(entry)) return true;
    if (isHash(entry)) this.#hashes.add(entry);
    else if (isName(entry)) this.#names.add(entry);
    else return false;
    return true;
  }

  /** Whether an entry holds these 32 bits of IPv4. */
  holds(address: number): boolean {
    return this.#addresses.holds(address);
  }

  match(value: string): ListMatch | undefined {
    const entry = this.#addresses.entryOf(value) ?? this.#named(value.toLowerCase());
    return entry === undefined ? undefined : { list: this.name, entry };
  }

  /** A name is listed when it or one of its parents is. */
  #named(value: string): string | undefined {
    if (this.#hashes.has(value)) return value;
    if (this.#names.size === 0) return undefined;
    const end = value.endsWith('.') ? value.length - 1 : value.length;
    for (let start = 0; start < end; ) {
      const name = value.slice(start, end);
      if (this.#names.has(name)) return name;
      const dot = value.indexOf('.', start);
      if (dot < 0) return undefined;
      start = dot + 1;
    }
    return undefined;
  }
}

/** Of a URL the host counts: logs hold no more of it. */
function restored(text: string): string {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/\[\.\]|\(\.\)/g, '.')
    .replace(/^hxxp/, 'http');
  const [, host] = /^[a-z]+:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#]+)/.exec(plain) ?? [];
  return (host ?? plain)
    .replace(/^\[|\]$/g, '')
    .replace(/^\*\./, '')
    .replace(/\.$/, '');
}

function isHash(text: string): boolean {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function isName(text: string): boolean {
  return text.length <= 253 && /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(text);
}
