import { byColleague, byPipeline } from '../../callers.ts';
import { onBurst } from '../../on-burst.ts';
import { thresholds } from '../../thresholds.ts';

const ids = 'requestParameters.instanceIds';
const target = 'requestParameters.target';
const targets = 'requestParameters.targets';

export const commandsOnMany = onBurst({
  type: 'Custom:EC2Instance/CommandsOnMany',
  title: {
    en: 'Commands or sessions were started on many instances',
    ja: '多数のインスタンスでコマンドまたはセッションが開始されました',
  },
  advice: {
    en: 'Read the commands in Systems Manager, ask the caller, and treat the instances as compromised if it was not them.',
    ja: 'Systems Manager でコマンドの内容を確認し、呼び出した本人でなければインスタンスを侵害されたものとして扱ってください。',
  },
  falsePositives: { en: 'Patches or agents are rolled out.', ja: 'パッチやエージェントを配布している場合。' },
  severity: (seen) => (byColleague(seen) || byPipeline(seen) ? 2 : 5),
  technique: 'T1651',
  calls: 'ssm:SendCommand ssm:StartSession',
  reads: [ids, target, targets],
  attempts: false,
  // A call that names tags instead of instances is meant for many.
  weight: (seen) =>
    seen.list(ids).length || (seen.has(targets) && seen.text(target) === undefined ? thresholds.commanded.count : 1),
  most: thresholds.commanded,
  example: (index) => ({
    name: 'ssm:SendCommand',
    request: { documentName: 'AWS-RunShellScript', instanceIds: [`i-${index}`] },
  }),
});
