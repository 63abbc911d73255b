import { Luck } from './luck.ts';
import {
  countries,
  homeAddress,
  machineRoom,
  natAddress,
  offices,
  phoneAddress,
  runnerAddress,
  vpnExits,
} from './places.ts';
import { day, type Habit, hour, minute, second, Timeline } from './timeline.ts';

/**
 * Flow records of the company's networks, in the default format and in the order of time: customers, services among
 * themselves, what watches and backs up, operators, and the noise of the internet at every public address.
 */
export function* flows(seed: number): Generator<string, void, void> {
  const timeline = new Timeline(Date.UTC(2026, 0, 5));
  const network = new Network(new Luck(seed).fork('flows'), timeline);
  for (let i = 0; i < 4; i++)
    timeline.begin(customers(network, network.luck.fork(`balancer ${i}`), network.add('balancer')));
  for (let i = 0; i < 60; i++) timeline.begin(server(network, network.luck.fork(`server ${i}`), network.add('server')));
  for (let i = 0; i < 8; i++)
    timeline.begin(database(network, network.luck.fork(`database ${i}`), network.add('database')));
  for (const age of [0, 1, 2]) timeline.begin(scaled(network, network.luck.fork(`fleet ${age}`)));
  timeline.begin(monitor(network, network.luck.fork('monitor'), network.add('server')));
  timeline.begin(deploys(network, network.luck.fork('deploys'), network.add('server')));
  timeline.begin(bastion(network, network.luck.fork('bastion'), network.add('public')));
  timeline.begin(resolver(network, network.luck.fork('resolver'), network.add('server')));
  timeline.begin(mailer(network, network.luck.fork('mailer'), network.add('server')));
  timeline.begin(strangers(network, network.luck.fork('strangers')));
  yield header;
  while (timeline.turn()) yield* network.take();
}

const header =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

interface Host {
  readonly address: string;
  readonly interface: string;
}

type Part = 'balancer' | 'server' | 'database' | 'public';

class Network {
  readonly luck: Luck;
  readonly timeline: Timeline;
  readonly hosts: Record<Part, Host[]> = { balancer: [], server: [], database: [], public: [] };
  readonly #lines: string[] = [];
  readonly #account: string;

  constructor(luck: Luck, timeline: Timeline) {
    this.luck = luck;
    this.timeline = timeline;
    this.#account = String(luck.whole(100_000_000_000, 999_999_999_999));
  }

  add(part: Part): Host {
    const host = {
      address: `10.20.${this.luck.whole(0, 60)}.${this.luck.whole(4, 250)}`,
      interface: `eni-${this.luck.hex(17)}`,
    };
    this.hosts[part].push(host);
    return host;
  }

  /** One direction of a connection, as the interface sees it. */
  line(
    on: Host,
    from: string,
    to: string,
    ports: readonly [number, number],
    packets: number,
    size: number,
    more: { udp?: boolean; reject?: boolean } = {},
  ): void {
    const start = Math.floor(this.timeline.now / 1_000);
    const bytes = Math.max(40, Math.round(packets * size));
    const protocol = more.udp === true ? 17 : 6;
    this.#lines.push(
      `2 ${this.#account} ${on.interface} ${from} ${to} ${ports[0]} ${ports[1]} ${protocol} ${Math.max(1, packets)} ${bytes} ${start} ${start + 58} ${more.reject === true ? 'REJECT' : 'ACCEPT'} OK`,
    );
  }

  /** Both directions: somebody asks, the other answers. */
  talk(
    asker: Host | string,
    answerer: Host | string,
    port: number,
    packets: number,
    sizes: readonly [number, number],
    udp = false,
  ): void {
    const high = this.luck.whole(32_768, 60_999);
    const [from, to] = [addressOf(asker), addressOf(answerer)];
    for (const on of [asker, answerer]) {
      if (typeof on === 'string') continue;
      this.line(on, from, to, [high, port], packets, sizes[0], { udp });
      this.line(on, to, from, [port, high], packets, sizes[1], { udp });
    }
  }

  take(): readonly string[] {
    return this.#lines.splice(0);
  }
}

function addressOf(host: Host | string): string {
  return typeof host === 'string' ? host : host.address;
}

function busyness(now: number): number {
  return 1 + 0.7 * Math.sin((((now / hour + countries.jp.zone - 9) % 24) / 24) * 2 * Math.PI);
}

function* customers(network: Network, luck: Luck, balancer: Host): Habit {
  const lands = Object.values(countries);
  for (;;) {
    yield luck.about((80 * second) / busyness(network.timeline.now));
    const land = luck.pick(lands);
    const customer = luck.chance(0.6) ? phoneAddress(luck, land) : homeAddress(luck, land);
    network.talk(customer, balancer, luck.chance(0.1) ? 80 : 443, luck.about(40) + 5, [120, 900]);
    if (luck.chance(0.5))
      network.talk(balancer, luck.pick(network.hosts.server), 8_080, luck.about(60) + 5, [300, 900]);
  }
}

/** Reads its database, calls the cloud and the world outside, asks for the time. */
function* server(network: Network, luck: Luck, host: Host): Habit {
  const outside = Array.from({ length: 12 }, () => natAddress(luck, luck.pick(['ap-northeast-1', 'us-east-1'])));
  const partners = Array.from({ length: 4 }, () => runnerAddress(luck));
  const clock = `162.159.200.${luck.pick([1, 123])}`;
  const nightly = luck.chance(0.15);
  let backedUp = 0;
  for (;;) {
    yield luck.about((8 * minute) / busyness(network.timeline.now));
    const kind = luck.next();
    if (kind < 0.45 && network.hosts.database.length > 0)
      network.talk(host, luck.pick(network.hosts.database), 5_432, luck.about(120) + 4, [200, 700]);
    else if (kind < 0.75) network.talk(host, luck.pick(outside), 443, luck.about(30) + 6, [250, 600]);
    else if (kind < 0.83) network.talk(host, luck.pick(partners), 443, luck.about(20) + 6, [300, 300]);
    else if (kind < 0.87) network.talk(host, clock, 123, 1, [76, 76], true);
    else if (kind < 0.93)
      network.talk(
        host,
        luck.pick(network.hosts.server),
        luck.pick([9_092, 6_379, 8_443, 9_000]),
        luck.about(90) + 4,
        [300, 300],
      );
    else if (kind < 0.94)
      network.talk(host, luck.pick(outside), luck.pick([8_443, 5_671, 8_883]), luck.about(20) + 4, [200, 200]);
    const clockHour = Math.floor((network.timeline.now % day) / hour);
    if (nightly && clockHour === 18 && network.timeline.now - backedUp > 20 * hour) {
      backedUp = network.timeline.now;
      network.talk(host, luck.pick(outside), 443, luck.whole(200_000, 600_000), [1_400, 60]);
    }
  }
}

function* database(network: Network, luck: Luck, host: Host): Habit {
  for (;;) {
    yield luck.about(4 * minute);
    network.talk(host, natAddress(luck, 'ap-northeast-1'), 443, luck.about(30) + 5, [400, 200]);
    if (luck.chance(0.1))
      network.talk(host, luck.pick(network.hosts.database), 5_432, luck.about(4_000) + 50, [1_200, 80]);
  }
}

/** A machine of a fleet lives for some hours. */
function* scaled(network: Network, luck: Luck): Habit {
  for (;;) {
    yield luck.about(5 * hour);
    const host = network.add('server');
    network.timeline.begin(server(network, luck.fork(host.interface), host));
    if (network.hosts.server.length > 90) network.hosts.server.splice(0, 1);
  }
}

/** Asks every machine for its figures, again and again. */
function* monitor(network: Network, luck: Luck, host: Host): Habit {
  for (;;) {
    for (const other of network.hosts.server.slice(0, 70)) {
      network.line(host, host.address, other.address, [luck.whole(32_768, 60_999), 9_100], 8, 120);
      if (luck.chance(0.1)) network.line(host, host.address, other.address, [8, 0], 2, 84);
    }
    yield hour;
  }
}

/** Ansible goes over all machines with SSH, several short sessions each. */
function* deploys(network: Network, luck: Luck, host: Host): Habit {
  for (;;) {
    yield luck.about(9 * hour);
    for (const other of network.hosts.server.slice(0, 60)) {
      for (let i = luck.whole(2, 6); i > 0; i--) network.talk(host, other, 22, luck.about(60) + 30, [140, 180]);
      yield luck.about(second);
    }
  }
}

function* bastion(network: Network, luck: Luck, host: Host): Habit {
  const known = [...Object.values(offices).flat(), ...vpnExits, ...machineRoom];
  for (;;) {
    yield luck.about(25 * minute);
    const from = luck.pick(known);
    for (let i = luck.whole(1, 4); i > 0; i--) network.talk(from, host, 22, luck.about(400) + 30, [120, 200]);
    network.talk(host, luck.pick(network.hosts.server), 22, luck.about(300) + 30, [120, 200]);
  }
}

/** The company's own resolver asks the world's. */
function* resolver(network: Network, luck: Luck, host: Host): Habit {
  const servers = ['8.8.8.8', '1.1.1.1', '9.9.9.9', ...Array.from({ length: 20 }, () => natAddress(luck, 'us-east-1'))];
  for (;;) {
    yield luck.about(4 * minute);
    network.talk(host, luck.pick(servers), 53, luck.whole(1, 40), [70, 180], true);
  }
}

function* mailer(network: Network, luck: Luck, host: Host): Habit {
  const relays = Array.from({ length: 3 }, () => natAddress(luck, 'us-east-1'));
  for (;;) {
    yield luck.about(6 * minute);
    network.talk(host, luck.pick(relays), 587, luck.about(60) + 20, [600, 100]);
  }
}

/** Whoever has a public address is knocked at all day, by few persistent scanners and many others. */
function* strangers(network: Network, luck: Luck): Habit {
  const regulars = Array.from(
    { length: 30 },
    () =>
      `${luck.pick([45, 80, 92, 141, 185, 193, 198])}.${luck.whole(1, 250)}.${luck.whole(0, 255)}.${luck.whole(1, 254)}`,
  );
  const ports = [22, 23, 80, 443, 445, 1_433, 3_306, 3_389, 5_060, 5_900, 6_379, 8_080, 8_443, 8_888, 9_200, 27_017];
  for (;;) {
    yield luck.about(45 * second);
    const open = [...network.hosts.public, ...network.hosts.balancer];
    const from = luck.chance(0.7)
      ? luck.pick(regulars)
      : `${luck.whole(36, 220)}.${luck.whole(0, 255)}.${luck.whole(0, 255)}.${luck.whole(1, 254)}`;
    const port = luck.chance(0.5) ? luck.pick(ports) : luck.whole(1, 65_535);
    network.line(
      luck.pick(open),
      from,
      luck.pick(open).address,
      [luck.whole(32_768, 60_999), port],
      luck.whole(1, 2),
      44,
      { reject: port !== 443 && port !== 80 },
    );
  }
}
