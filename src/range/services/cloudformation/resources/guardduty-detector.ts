import { flagOf, given, objectOf, objectsOf, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';
import { gone, retagGuardDuty, withTags } from './guardduty.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-guardduty-detector.html */
export const guarddutyDetector = resourceType({
  type: 'AWS::GuardDuty::Detector',
  properties: ['DataSources', 'Enable', 'Features', 'FindingPublishingFrequency', 'Tags'],
  async create(properties, context) {
    const { DetectorId } = await context.call('guardduty', 'CreateDetector', {
      ...settingsOf(properties),
      ...withTags(properties, context),
    });
    return { physicalId: String(DetectorId), attributes: { Id: String(DetectorId) } };
  },
  async update(properties, before, context) {
    const DetectorId = before.made.physicalId;
    await context.call('guardduty', 'UpdateDetector', { DetectorId, ...settingsOf(properties) });
    await retagGuardDuty(`detector/${DetectorId}`, properties, before.properties, context);
    return before.made;
  },
  async remove({ made }, context) {
    await context.callUnless(gone, 'guardduty', 'DeleteDetector', { DetectorId: made.physicalId });
  },
});

function settingsOf(properties: Parameters<typeof objectOf>[0]): Record<string, unknown> {
  const sources = objectOf(properties, 'DataSources');
  const switched = (name: string) => {
    const source = sources === undefined ? undefined : objectOf(sources, name);
    return source === undefined ? undefined : { Enable: flagOf(source, 'Enable') };
  };
  const features = objectsOf(properties, 'Features').map((feature) =>
    given({
      Name: textOf(feature, 'Name'),
      Status: textOf(feature, 'Status'),
      AdditionalConfiguration: feature['AdditionalConfiguration'],
    }),
  );
  return given({
    Enable: flagOf(properties, 'Enable') ?? false,
    FindingPublishingFrequency: textOf(properties, 'FindingPublishingFrequency'),
    Features: features.length === 0 ? undefined : features,
    DataSources: sources && given({ ...sources, S3Logs: switched('S3Logs') }),
  });
}
