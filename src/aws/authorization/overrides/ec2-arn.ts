/** Prefix of an id -> type in the ARN. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-resources-for-iam-policies */
const types: Readonly<Record<string, string>> = {
  vpc: 'vpc',
  subnet: 'subnet',
  sg: 'security-group',
  sgr: 'security-group-rule',
  i: 'instance',
  eipalloc: 'elastic-ip',
  igw: 'internet-gateway',
  rtb: 'route-table',
  acl: 'network-acl',
  eni: 'network-interface',
  ami: 'image',
  snap: 'snapshot',
  vol: 'volume',
  key: 'key-pair',
  fl: 'vpc-flow-log',
  nat: 'natgateway',
  vpce: 'vpc-endpoint',
  pcx: 'vpc-peering-connection',
  dopt: 'dhcp-options',
  lt: 'launch-template',
  tgw: 'transit-gateway',
  'tgw-attach': 'transit-gateway-attachment',
  pl: 'prefix-list',
  eigw: 'egress-only-internet-gateway',
  r: 'reserved-instances',
  sir: 'spot-instances-request',
};

/** `vpc/vpc-0abc` for `vpc-0abc`; an id of no known type has its own prefix as the type, which names no resource. */
export function ec2ResourceOf(id: unknown): string {
  const text = typeof id === 'string' ? id : '';
  const prefix = text.slice(0, Math.max(text.lastIndexOf('-'), 0));
  return `${types[prefix] ?? prefix}/${text}`;
}

/** Images and snapshots have no account in their ARN. */
export function isShared(id: unknown): boolean {
  return typeof id === 'string' && /^(ami|snap)-/.test(id);
}
