/**
 * The regions that an account has without asking for more, with how many zones each shows.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const regions: Readonly<Record<string, number>> = {
  'us-east-1': 6,
  'us-east-2': 3,
  'us-west-1': 2,
  'us-west-2': 4,
  'ap-northeast-1': 3,
  'ap-northeast-2': 4,
  'ap-northeast-3': 3,
  'ap-south-1': 3,
  'ap-southeast-1': 3,
  'ap-southeast-2': 3,
  'ca-central-1': 3,
  'eu-central-1': 3,
  'eu-north-1': 3,
  'eu-west-1': 3,
  'eu-west-2': 3,
  'eu-west-3': 3,
  'sa-east-1': 3,
};
