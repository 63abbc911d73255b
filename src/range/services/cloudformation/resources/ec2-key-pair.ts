import { given, neededText, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';
import { tagged } from './ec2-tags.ts';

/**
 * The private half of a key that is made here lies in a secret of Systems Manager.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-keypair.html
 */
export const ec2KeyPair = resourceType({
  type: 'AWS::EC2::KeyPair',
  properties: ['KeyFormat', 'KeyName', 'KeyType', 'PublicKeyMaterial', 'Tags'],
  async create(properties, context) {
    const KeyName = neededText(properties, 'KeyName');
    const material = textOf(properties, 'PublicKeyMaterial');
    const tags = tagged('key-pair', properties, context);
    const answer =
      material === undefined
        ? await context.call('ec2', 'CreateKeyPair', {
            KeyName,
            ...given({ KeyType: textOf(properties, 'KeyType'), KeyFormat: textOf(properties, 'KeyFormat') }),
            ...tags,
          })
        : await context.call('ec2', 'ImportKeyPair', { KeyName, PublicKeyMaterial: Buffer.from(material), ...tags });
    const [KeyPairId, KeyFingerprint] = [String(answer['KeyPairId']), String(answer['KeyFingerprint'])];
    const made = { physicalId: KeyName, attributes: { KeyPairId, KeyFingerprint } };
    context.holds(made);
    if (answer['KeyMaterial'] !== undefined) {
      const Value = String(answer['KeyMaterial']);
      await context.call('ssm', 'PutParameter', { Name: parameterOf(KeyPairId), Type: 'SecureString', Value });
    }
    return made;
  },
  async remove({ made }, context) {
    const { KeyPairId } = made.attributes;
    await context.call('ec2', 'DeleteKeyPair', { KeyPairId });
    await context.callUnless(['ParameterNotFound'], 'ssm', 'DeleteParameter', { Name: parameterOf(String(KeyPairId)) });
  },
});

function parameterOf(id: string): string {
  return `/ec2/keypair/${id}`;
}
