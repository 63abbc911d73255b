import type { Luck } from '../luck.ts';
import { countries, homeAddress, runnerAddress, vendorAddresses } from '../places.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import type { Client, Site } from './site.ts';

/** Programs that are meant to come: partners, search engines, and what looks whether the site is there. */
export function beginPrograms(site: Site): void {
  for (let index = 0; index < 12; index++) site.begin(partner(site, site.luck.fork(`partner ${index}`)));
  site.begin(catalogue(site, site.luck.fork('catalogue')));
  site.begin(forgotten(site, site.luck.fork('forgotten')));
  for (const [index, agent] of crawlers.entries()) {
    for (let address = 0; address < 3; address++)
      site.begin(crawler(site, site.luck.fork(`crawler ${index} ${address}`), agent));
  }
  site.begin(linkCheck(site, site.luck.fork('link check')));
  for (const address of [...vendorAddresses['metrics']!, ...vendorAddresses['posture']!])
    site.begin(monitor(site, site.luck.fork(address), address));
}

/** Asks for news all day; tokens end, the site is busy, and both are tried again. */
function* partner(site: Site, luck: Luck): Habit {
  const client: Client = { address: runnerAddress(luck), agent: 'okhttp/4.12.0', packed: true };
  let until = 0;
  for (;;) {
    yield luck.about(25 * second);
    if (site.now > until) {
      if (until > 0) site.ask(client, '/api/v2/orders', { query: 'since=1', status: 401 });
      site.ask(client, '/oauth/token', { method: 'POST', status: 200 });
      until = site.now + hour;
    }
    for (let tries = 0; luck.chance(0.01) && tries < 4; tries++) {
      site.ask(client, '/api/v2/orders', { query: 'since=1', status: luck.pick([429, 502, 503, 504]) });
      yield luck.about(2 ** tries * second);
    }
    const isNew = luck.chance(0.1);
    site.ask(
      client,
      '/api/v2/orders',
      isNew ? { method: 'POST', status: 201 } : { query: 'since=1', about: client.address },
    );
  }
}

/** Goes through all items four times a day, some of which are gone. */
function* catalogue(site: Site, luck: Luck): Habit {
  const client: Client = { address: runnerAddress(luck), agent: 'python-requests/2.32.5', packed: true };
  for (;;) {
    yield 6 * hour;
    for (let item = 1; item < 3_000; item++) {
      site.ask(client, `/api/v2/items/${item}`, luck.chance(0.04) ? { status: 404 } : {});
      yield luck.about(200);
    }
  }
}

/** A program whose access was ended, and which nobody switched off. */
function* forgotten(site: Site, luck: Luck): Habit {
  const client: Client = { address: homeAddress(luck, countries.us), agent: 'Java/1.8.0_412', packed: false };
  for (;;) {
    yield 30 * second + luck.about(10 * second);
    site.ask(client, '/oauth/token', { method: 'POST', status: 401 });
  }
}

const crawlers = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
];

/** Follows every link, and remembers for years those that lead nowhere. */
function* crawler(site: Site, luck: Luck, agent: string): Habit {
  const address = `${luck.pick(['66.249', '40.77', '54.36', '20.171'])}.${luck.whole(60, 90)}.${luck.whole(1, 254)}`;
  const client: Client = { address, agent, packed: true };
  for (;;) {
    yield luck.about(hour);
    site.ask(client, '/robots.txt');
    const isOld = luck.chance(0.08);
    for (let pages = luck.whole(30, 250); pages > 0; pages--) {
      yield luck.about(1.5 * second);
      if (luck.chance(isOld ? 0.6 : 0.1))
        site.ask(client, `/news/${luck.whole(2012, 2022)}/${luck.whole(1, 900)}`, dead(site));
      else if (luck.chance(0.3)) site.ask(client, `/c/${luck.whole(1, 60)}`, { query: `page=${luck.whole(1, 40)}` });
      else site.ask(client, `/p/${luck.whole(1, 4_000)}`);
    }
  }
}

function dead({ manner }: Site): { readonly status?: number } {
  return manner === 'pages' ? { status: 404 } : {};
}

/** Somebody of marketing lets a program look at all links of the site. */
function* linkCheck(site: Site, luck: Luck): Habit {
  const client: Client = {
    address: homeAddress(luck, countries.jp),
    agent: 'Screaming Frog SEO Spider/21.4',
    packed: true,
  };
  for (;;) {
    yield day + luck.about(2 * day);
    for (let index = 0; index < 1_500; index++) {
      if (luck.chance(0.07)) site.ask(client, `/help/${luck.hex(6)}`, dead(site));
      else site.ask(client, luck.chance(0.5) ? `/p/${luck.whole(1, 4_000)}` : `/assets/i/${luck.whole(1, 9_000)}.webp`);
      yield luck.about(250);
    }
  }
}

function* monitor(site: Site, luck: Luck, address: string): Habit {
  const client: Client = { address, agent: 'Datadog/Synthetics', packed: false };
  const method = luck.chance(0.5) ? 'HEAD' : 'GET';
  yield luck.about(minute);
  for (;;) {
    site.ask(client, luck.pick(['/', '/health']), { method, ...(luck.chance(0.0005) ? { status: 503 } : {}) });
    yield minute;
  }
}
