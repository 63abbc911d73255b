import type { Luck } from '../luck.ts';
import { countries, homeAddress, phoneAddress } from '../places.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import type { Client, Site } from './site.ts';

/** People with browsers and phones: at home, behind the gateway of a carrier, behind the one of their company. */
export function beginCustomers(site: Site): void {
  site.begin(browsers(site, site.luck.fork('browsers')));
  for (let index = 0; index < 4; index++) site.begin(behindCarrier(site, site.luck.fork(`carrier ${index}`)));
  for (let index = 0; index < 2; index++) site.begin(behindCompany(site, site.luck.fork(`company ${index}`)));
}

/** Few at night, most in the evening. */
export function busyness(now: number): number {
  const clock = (now / hour + countries.jp.zone) % 24;
  return 1 + 0.8 * Math.sin(((clock - 13) / 24) * 2 * Math.PI);
}

function* browsers(site: Site, luck: Luck): Habit {
  for (let index = 0; ; index++) {
    yield luck.about((18 * second) / busyness(site.now));
    const own = luck.fork(index);
    site.begin(visit(site, own, { address: anywhere(own), agent: own.pick(agents), packed: true }));
  }
}

function anywhere(luck: Luck): string {
  const country = luck.chance(0.7) ? countries.jp : luck.pick(Object.values(countries));
  if (luck.chance(0.25)) return `2400:4050:${luck.hex(4)}:${luck.hex(4)}::${luck.hex(4)}`;
  return luck.chance(0.5) ? phoneAddress(luck, country) : homeAddress(luck, country);
}

const agents = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
] as const;

/** A page brings its scripts, styles and pictures the first time; later most of them are kept. */
function* visit(site: Site, luck: Luck, client: Client): Habit {
  if (luck.chance(0.12)) site.ask(client, '/', { isPlain: true });
  let isFirst = true;
  for (let pages = 1 + luck.about(3); pages > 0; pages--) {
    yield* page(site, luck, client, isFirst);
    isFirst = false;
    if (luck.chance(0.07)) yield* signsIn(site, luck, client);
    yield luck.about(35 * second);
  }
}

function* page(site: Site, luck: Luck, client: Client, isFirst: boolean): Habit {
  const kind = luck.next();
  if (isFirst || kind < 0.2) site.ask(client, '/');
  else if (kind < 0.65) site.ask(client, `/p/${luck.whole(1, 4_000)}`);
  else if (kind < 0.8) site.ask(client, `/c/${luck.pick(words)}`);
  else if (kind < 0.97) {
    const query = `q=${encodeURIComponent(luck.chance(0.03) ? luck.pick(oddities) : luck.pick(words))}`;
    site.ask(client, '/search', { query, about: query });
  } else site.ask(client, luck.pick(gone));
  yield luck.about(250);
  const files = isFirst ? luck.whole(10, 22) : luck.whole(1, 5);
  for (let index = 0; index < files; index++) {
    site.ask(client, assetOf(luck, isFirst, index), luck.chance(0.15) ? { status: 304 } : {});
    yield luck.about(60);
  }
  if (isFirst && luck.chance(0.1)) site.ask(client, luck.pick(['/favicon.ico', '/apple-touch-icon.png']));
  for (const call of ['/api/v2/cart', '/api/v2/recommended']) {
    site.ask(client, call, { about: client.address, ...(luck.chance(0.002) ? { status: 502 } : {}) });
    yield luck.about(80);
  }
}

function assetOf(luck: Luck, isFirst: boolean, index: number): string {
  if (isFirst && index < 8) return `/assets/${['app', 'vendor', 'main', 'fonts'][index % 4]}.5f3c${index}.js`;
  return `/assets/i/${luck.whole(1, 9_000)}.webp`;
}

const words = 'tea kettle lamp chair desk rug towel soap candle basket mug tray clock mirror vase shelf'.split(' ');

/** What people really type. */
const oddities = [
  "children's cups",
  'tea & coffee',
  '50% off | gifts',
  'select committee union jack mug',
  "o'brien",
  '1=1',
  'C:\\Users',
  '<3 candles',
  '../',
];

/** Pages that others still link to. */
const gone = ['/news/2019/opening', '/p/old-kettle', '/campaign/spring', '/shop/index.php', '/blog/feed'];

/** Mistyped now and then, and given up for a new password. */
function* signsIn(site: Site, luck: Luck, client: Client): Habit {
  site.ask(client, '/login');
  yield luck.about(12 * second);
  for (let tries = 0; luck.chance(0.14) && tries < 4; tries++) {
    site.ask(client, '/login', { method: 'POST', status: 401 });
    yield luck.about(9 * second);
  }
  site.ask(client, '/login', { method: 'POST', status: 302 });
  site.ask(client, '/account', { about: client.address });
}

/** Thousands of phones with the shop's app behind one address. */
function* behindCarrier(site: Site, luck: Luck): Habit {
  const address = phoneAddress(luck, countries.jp);
  // Once everybody has to sign in anew, because the keys of tokens were changed.
  const changed = site.now + day + luck.about(day);
  for (let index = 0; ; index++) {
    yield luck.about((22 * second) / busyness(site.now));
    const isChanging = site.now > changed && site.now < changed + 2 * hour;
    const os = luck.pick(['iOS/18.6', 'Android/15']);
    site.begin(
      app(site, luck.fork(index), { address, agent: `ShopApp/5.${luck.whole(1, 9)} ${os}`, packed: true }, isChanging),
    );
  }
}

/** The token of an app ends after an hour, and is changed for another one; if that has ended too, people sign in. */
function* app(site: Site, luck: Luck, client: Client, isChanging: boolean): Habit {
  const about = luck.hex(4);
  if (isChanging || luck.chance(0.5)) {
    site.ask(client, '/api/v2/feed', { status: 401 });
    yield luck.about(200);
    const isOver = isChanging || luck.chance(0.04);
    site.ask(client, '/api/session/refresh', { method: 'POST', status: isOver ? 401 : 200 });
    if (isOver) {
      yield luck.about(20 * second);
      if (luck.chance(0.12)) site.ask(client, '/api/session', { method: 'POST', status: 401 });
      yield luck.about(9 * second);
      site.ask(client, '/api/session', { method: 'POST', status: 200 });
    }
  }
  for (let calls = luck.whole(4, 16); calls > 0; calls--) {
    const path = luck.pick(['/api/v2/feed', '/api/v2/cart', `/api/v2/items/${luck.whole(1, 4_000)}`]);
    site.ask(client, path, { about, ...(luck.chance(0.01) ? { status: 404 } : {}) });
    yield luck.about(4 * second);
  }
}

/** Everybody of a company buys for work through one address, and comes in the morning. */
function* behindCompany(site: Site, luck: Luck): Habit {
  const address = homeAddress(luck, countries.jp);
  for (let index = 0; ; index++) {
    const clock = (site.now / hour + countries.jp.zone) % 24;
    const isMorning = clock >= 9 && clock < 9.5;
    yield luck.about(isMorning ? 4 * second : clock > 9 && clock < 19 ? 3 * minute : 25 * minute);
    const own = luck.fork(index);
    const client = { address, agent: own.pick(agents), packed: true };
    site.begin(isMorning ? signsIn(site, own, client) : visit(site, own, client));
  }
}
