import type { Template } from '../../../aws/cloudformation/template.ts';

/** The types that can give permissions, and the property with which a template names them itself. */
const iamTypes: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html#using-iam-capabilities */
export function requiredCapabilities(template: Template): readonly string[] {
  const found = Object.values(template.resources).filter(({ type }) => Object.hasOwn(iamTypes, type));
  if (found.length === 0) return [];
  const named = found.some(({ type, properties }) => properties[iamTypes[type] ?? ''] !== undefined);
  return [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'];
}

export function capabilitiesReason(template: Template): string | undefined {
  const types = [...new Set(Object.values(template.resources).map(({ type }) => type))];
  const found = types.filter((type) => Object.hasOwn(iamTypes, type));
  return found.length === 0 ? undefined : `The following resource(s) require capabilities: [${found.join(', ')}]`;
}
