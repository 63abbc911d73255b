import type { Team } from '../people.ts';

/** The calls that a page of the console makes when it opens; on the command line people make some of them. */
export type Page = readonly string[];

const page = (calls: string): Page => calls.trim().split(/\s+/);

export const pages = {
  home: page(`health:DescribeEventAggregates ce:GetCostAndUsage ce:GetCostForecast uxc:GetAccountColor
    servicecatalog-appregistry:ListApplications notifications:ListNotificationHubs cost-optimization-hub:ListEnrollmentStatuses
    account:GetRegionOptStatus trustedadvisor:ListRecommendations securityhub:DescribeHub`),
  ec2: page(`ec2:DescribeInstances ec2:DescribeInstanceStatus ec2:DescribeTags ec2:DescribeVolumes ec2:DescribeAddresses
    ec2:DescribeKeyPairs ec2:DescribePlacementGroups ec2:DescribeSecurityGroups ec2:DescribeSnapshots
    ec2:DescribeAccountAttributes ec2:DescribeRegions ec2:DescribeAvailabilityZones elasticloadbalancing:DescribeLoadBalancers
    autoscaling:DescribeAutoScalingGroups monitoring:DescribeAlarms ec2:DescribeInstanceTypes ec2:DescribeSnapshotAttribute`),
  network: page(`ec2:DescribeVpcs ec2:DescribeSubnets ec2:DescribeRouteTables ec2:DescribeNetworkAcls
    ec2:DescribeInternetGateways ec2:DescribeNatGateways ec2:DescribeVpcEndpoints ec2:DescribeVpcPeeringConnections
    ec2:DescribeNetworkInterfaces ec2:DescribeFlowLogs ec2:DescribeTransitGateways ec2:DescribeManagedPrefixLists`),
  lambda: page(`lambda:ListFunctions20150331 lambda:GetAccountSettings20160819 lambda:GetFunction20150331v2
    lambda:GetFunctionConfiguration20150331v2 lambda:ListVersionsByFunction20150331 lambda:ListAliases20150331
    lambda:GetPolicy20150331v2 lambda:ListEventSourceMappings20150331 lambda:ListTags20170331 monitoring:GetMetricData
    logs:DescribeLogStreams iam:GetRole iam:ListAttachedRolePolicies iam:SimulatePrincipalPolicy`),
  s3: page(
    's3:ListBuckets s3:GetAccountPublicAccessBlock s3:GetBucketVersioning s3:GetBucketPolicyStatus s3:GetBucketAcl s3:GetBucketPublicAccessBlock s3:GetStorageLensConfiguration s3:ListAccessPoints s3:GetBucketLogging s3:GetBucketWebsite',
  ),
  logs: page(
    'logs:DescribeLogGroups logs:DescribeLogStreams logs:FilterLogEvents logs:GetLogEvents logs:DescribeMetricFilters logs:DescribeQueryDefinitions',
  ),
  metrics: page(
    'monitoring:DescribeAlarms monitoring:ListMetrics monitoring:GetMetricData monitoring:ListDashboards monitoring:GetDashboard monitoring:DescribeAnomalyDetectors application-insights:ListApplications oam:ListSinks resource-groups:ListGroups',
  ),
  ecs: page(
    'ecs:ListClusters ecs:DescribeClusters ecs:ListServices ecs:DescribeServices ecs:ListTasks ecs:DescribeTasks ecs:DescribeTaskDefinition ecs:ListContainerInstances elasticloadbalancing:DescribeTargetHealth application-autoscaling:DescribeScalableTargets',
  ),
  rds: page(
    'rds:DescribeDBInstances rds:DescribeDBClusters rds:DescribeDBSnapshots rds:DescribeDBSubnetGroups rds:DescribeEvents rds:DescribeDBParameterGroups rds:DescribeAccountAttributes pi:GetResourceMetrics kms:ListAliases',
  ),
  iam: page(`iam:GetAccountSummary iam:ListUsers iam:ListRoles iam:ListPolicies iam:ListGroups iam:ListAccountAliases
    iam:ListMFADevices iam:GetAccountPasswordPolicy iam:ListSAMLProviders iam:ListOpenIDConnectProviders iam:GetRole
    iam:ListAttachedRolePolicies iam:ListRolePolicies iam:GetPolicy iam:GetPolicyVersion iam:ListAccessKeys iam:GetAccessKeyLastUsed iam:GetLoginProfile
    access-analyzer:ListAnalyzers organizations:DescribeOrganization`),
  secrets: page(
    'secretsmanager:ListSecrets secretsmanager:DescribeSecret secretsmanager:GetSecretValue kms:ListAliases',
  ),
  stacks: page(
    'cloudformation:ListStacks cloudformation:DescribeStacks cloudformation:DescribeStackEvents cloudformation:ListStackResources cloudformation:GetTemplateSummary',
  ),
  security:
    page(`guardduty:ListDetectors guardduty:GetDetector guardduty:ListFindings guardduty:GetFindings guardduty:ListMembers
    securityhub:GetFindings securityhub:GetInsights securityhub:DescribeStandards securityhub:GetEnabledStandards inspector2:ListFindings
    inspector2:ListCoverage macie2:ListFindings access-analyzer:ListFindingsV2 cloudtrail:DescribeTrails cloudtrail:GetTrailStatus cloudtrail:LookupEvents`),
  costs: page(
    'ce:GetCostAndUsage ce:GetCostForecast ce:GetDimensionValues ce:GetTags ce:GetSavingsPlansUtilization ce:GetReservationCoverage budgets:DescribeBudgets cur:DescribeReportDefinitions organizations:ListAccounts organizations:DescribeOrganization account:GetContactInformation',
  ),
  data: page(
    'athena:ListWorkGroups athena:ListDataCatalogs athena:ListDatabases athena:GetQueryExecution athena:BatchGetQueryExecution glue:GetDatabases glue:GetTables glue:GetPartitions glue:GetJobs glue:GetJobRuns lakeformation:GetDataLakeSettings sagemaker:ListNotebookInstances redshift:DescribeClusters quicksight:ListDashboards',
  ),
  support: page(
    'support:DescribeCases support:DescribeSeverityLevels support:DescribeServices health:DescribeEvents health:DescribeEventDetails',
  ),
  queues: page(
    'sqs:ListQueues sqs:GetQueueAttributes sns:ListTopics sns:GetTopicAttributes sns:ListSubscriptions events:ListRules events:ListEventBuses states:ListStateMachines states:DescribeStateMachine states:ListExecutions dynamodb:ListTables dynamodb:DescribeTable',
  ),
} satisfies Readonly<Record<string, Page>>;

const {
  ec2,
  network,
  lambda,
  s3,
  logs,
  metrics,
  ecs,
  rds,
  iam,
  secrets,
  stacks,
  security,
  costs,
  data,
  support,
  queues,
} = pages;

export const pagesOf: Readonly<Record<Team, readonly Page[]>> = {
  engineering: [lambda, logs, logs, metrics, ecs, queues, stacks, ec2, s3, rds, secrets, queues, iam],
  operations: [ec2, ec2, network, metrics, metrics, logs, rds, ecs, iam, stacks, s3, support, secrets],
  security: [security, security, security, iam, network, s3, logs],
  data: [data, data, data, s3, logs, rds],
  support: [logs, metrics, support, rds, lambda],
  finance: [costs, costs, costs, support],
};
