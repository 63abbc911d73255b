/** ATT&CK's tactics in the order in which an intrusion usually passes them. */
export const tactics = [
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'defense-evasion',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
] as const;
export type Tactic = (typeof tactics)[number];

/**
 * The stage that a finding speaks of: by the purpose in its type where that is one tactic, else by its technique.
 * Undefined where neither says it: such a finding can belong to a story but does not make one.
 */
export function tacticOf(type: string, technique: string): Tactic | undefined {
  return (
    byPurpose[type.slice(0, type.indexOf(':'))] ?? byTechnique.get(technique) ?? byTechnique.get(parentOf(technique))
  );
}

// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-format.html
const byPurpose: Readonly<Record<string, Tactic>> = {
  Backdoor: 'command-and-control',
  CredentialAccess: 'credential-access',
  CryptoCurrency: 'impact',
  DefenseEvasion: 'defense-evasion',
  Discovery: 'discovery',
  Execution: 'execution',
  Exfiltration: 'exfiltration',
  Impact: 'impact',
  InitialAccess: 'initial-access',
  Persistence: 'persistence',
  PrivilegeEscalation: 'privilege-escalation',
  Recon: 'discovery',
  Stealth: 'defense-evasion',
};

// Where ATT&CK puts a technique under several tactics, the one that it most often is in a cloud account.
// https://attack.mitre.org/matrices/enterprise/cloud/iaas/
const techniques: Readonly<Partial<Record<Tactic, string>>> = {
  reconnaissance: 'T1589 T1590 T1592 T1595',
  'resource-development': 'T1583 T1584 T1586 T1608',
  'initial-access': 'T1078 T1133 T1189 T1190 T1195 T1199 T1566',
  execution: 'T1059 T1072 T1204 T1609 T1610 T1648 T1651',
  persistence: 'T1037 T1098 T1136 T1525 T1546 T1053 T1505 T1556.006 T1556.009',
  'privilege-escalation': 'T1484 T1548 T1068 T1611 T1098.003',
  'defense-evasion': 'T1070 T1222 T1535 T1553 T1556 T1562 T1578 T1666 T1684 T1685 T1686 T1687',
  'credential-access': 'T1040 T1110 T1212 T1528 T1539 T1552 T1555 T1606 T1621 T1649',
  discovery: 'T1046 T1049 T1069 T1082 T1087 T1201 T1518 T1526 T1538 T1580 T1613 T1619 T1654',
  'lateral-movement': 'T1021 T1550 T1563',
  collection: 'T1005 T1074 T1119 T1213 T1530 T1602',
  'command-and-control': 'T1071 T1090 T1095 T1105 T1219 T1568 T1571 T1572',
  exfiltration: 'T1020 T1048 T1041 T1537 T1567',
  impact: 'T1485 T1486 T1489 T1490 T1491 T1496 T1498 T1499 T1529 T1531 T1565 T1657',
};

const byTechnique = new Map(
  tactics.flatMap((tactic) => (techniques[tactic] ?? '').split(' ').map((id) => [id, tactic] as const)),
);

function parentOf(technique: string): string {
  return technique.slice(0, technique.indexOf('.') < 0 ? undefined : technique.indexOf('.'));
}
