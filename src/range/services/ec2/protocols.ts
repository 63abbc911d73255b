import { refuse } from './resource.ts';

const names: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58, all: -1 };

/** A protocol by its name or number. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
export function protocolOf(text: string): number {
  const number = names[text.toLowerCase()] ?? (/^-?\d+$/.test(text) ? Number(text) : Number.NaN);
  if (number >= -1 && number <= 255) return number;
  throw refuse('InvalidParameterValue', `Invalid value '${text}' for IP protocol. Unknown protocol.`);
}

/** Security groups show the names of those that have one. */
export function protocolName(number: number): string {
  return Object.entries(names).find(([name, each]) => each === number && name !== 'all')?.[0] ?? String(number);
}
