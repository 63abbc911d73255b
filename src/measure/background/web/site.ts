import type { Luck } from '../luck.ts';
import { day, type Habit, type Timeline } from '../timeline.ts';

/** One request of a client, and what it was answered. */
export interface Visit {
  readonly client: string;
  readonly agent: string;
  readonly method: string;
  readonly path: string;
  /** Without the question mark; '' where there is none. */
  readonly query: string;
  /** Asked for without TLS. */
  readonly isPlain: boolean;
  readonly status: number;
  /** Bytes of the answer, with its headers. */
  readonly bytes: number;
}

/** A client as its requests show it. */
export interface Client {
  readonly address: string;
  readonly agent: string;
  /** Takes answers packed. */
  readonly packed: boolean;
}

export interface Asked {
  readonly method?: string;
  readonly query?: string;
  readonly status?: number;
  readonly isPlain?: boolean;
  /** What the answer depends on beside the path: who is signed in, what was searched for. */
  readonly about?: string;
}

/** How a site answers what it does not have: with an error, or, where pages are made in the browser, always alike. */
export type Manner = 'pages' | 'one page';

/** A public site and whoever comes to it. */
export class Site {
  readonly luck: Luck;
  readonly timeline: Timeline;
  readonly manner: Manner;
  readonly #write: (visit: Visit) => void;

  constructor(luck: Luck, timeline: Timeline, manner: Manner, write: (visit: Visit) => void) {
    this.luck = luck;
    this.timeline = timeline;
    this.manner = manner;
    this.#write = write;
  }

  get now(): number {
    return this.timeline.now;
  }

  begin(habit: Habit): void {
    this.timeline.begin(habit);
  }

  ask(client: Client, path: string, asked: Asked = {}): void {
    const { method = 'GET', query = '', isPlain = false } = asked;
    const status = isPlain ? 301 : (asked.status ?? this.#statusOf(method, path));
    const bytes = this.#bytesOf(client, path, status, asked);
    const { address, agent } = client;
    this.#write({ client: address, agent, method, path, query, isPlain, status, bytes });
  }

  #statusOf(method: string, path: string): number {
    if (isHere(path)) return 200;
    if (this.manner === 'one page' && method !== 'POST' && !path.startsWith('/api/')) return 200;
    return 404;
  }

  /** A page is as long as it was before, until it is changed; where there is one page, it is the answer to everything. */
  #bytesOf({ packed }: Client, path: string, status: number, { method, about = '' }: Asked): number {
    if (method === 'HEAD' || status === 304 || status === 204) return 280;
    if (status >= 300) return status === 301 ? 412 : 540;
    const isOnePage = this.manner === 'one page' && !isFile(path) && !path.startsWith('/api/');
    const page = `${isOnePage ? '/' : path} ${about} ${Math.floor(this.now / (3 * day))}`;
    const length = 900 + this.luck.fork(page).whole(0, 60_000);
    return packed && !/\.(?:png|webp|woff2)$/.test(path) ? 700 + Math.floor(length / 4) : length;
  }
}

/** What the site has, under whatever number or name. */
function isHere(path: string): boolean {
  return (
    /^\/(?:$|p\/|c\/|search$|cart$|login$|account|help|api\/(?:v2|session)(?:\/|$)|oauth\/|health$|robots\.txt$|sitemap\.xml$|index\.html$)/.test(
      path,
    ) ||
    (isFile(path) && path.startsWith('/assets/'))
  );
}

function isFile(path: string): boolean {
  return /\.(?:js|css|png|webp|woff2|json|txt|xml)$/.test(path);
}
