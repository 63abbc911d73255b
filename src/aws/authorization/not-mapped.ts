// A table: operations whose authorization is not whole yet, by service. The gateway refuses to register them.
export const notMapped: Readonly<Record<string, string>> = {
  iam: 'GetHumanReadableSummary UpdateDelegationRequest',
  s3:
    'CreateBucketMetadataConfiguration CreateSession DeleteBucketMetadataConfiguration ' +
    'GetBucketMetadataConfiguration ListDirectoryBuckets RenameObject UpdateObjectEncryption ' +
    'WriteGetObjectResponse',
  cloudtrail: 'CreateChannel GenerateQuery ListInsightsData ListInsightsMetricData',
  logs:
    'CreateLogAnomalyDetector DeleteDeliverySource DeleteScheduledQuery GetLogObject GetScheduledQuery ' +
    'GetScheduledQueryHistory ListLogAnomalyDetectors PutDeliveryDestination PutDeliverySource ' +
    'UpdateDeliveryConfiguration UpdateScheduledQuery',
  events: 'DescribeApiDestination StartReplay',
  lambda:
    'CheckpointDurableExecution GetDurableExecution GetDurableExecutionHistory GetDurableExecutionState ' +
    'SendDurableExecutionCallbackFailure SendDurableExecutionCallbackHeartbeat ' +
    'SendDurableExecutionCallbackSuccess StopDurableExecution',
  cloudformation:
    'CreateStackInstances CreateStackSet DeleteStackInstances DeleteStackSet DescribeStackInstance ' +
    'DescribeStackRefactor DescribeStackSet DescribeStackSetOperation DetectStackSetDrift ExecuteStackRefactor ' +
    'GetHookResult ImportStacksToStackSet ListHookResults ListStackInstanceResourceDrifts ListStackInstances ' +
    'ListStackRefactorActions ListStackRefactors ListStackSetAutoDeploymentTargets ListStackSetOperationResults ' +
    'ListStackSetOperations RecordHandlerProgress StopStackSetOperation UpdateStackInstances UpdateStackSet',
  ec2:
    'AcceptAddressTransfer AcceptCapacityReservationBillingOwnership AcceptReservedInstancesExchangeQuote ' +
    'AcceptVpcEndpointConnections AcceptVpcPeeringConnection AllocateHosts ' +
    'ApplySecurityGroupsToClientVpnTargetNetwork AssociateCapacityReservationBillingOwner ' +
    'AssociateClientVpnTargetNetwork AssociateIpamResourceDiscovery AttachClassicLinkVpc ' +
    'AuthorizeClientVpnIngress CancelCapacityReservation CancelDeclarativePoliciesReport CancelImportTask ' +
    'CopyImage CreateCapacityReservation CreateCapacityReservationBySplitting CreateClientVpnEndpoint ' +
    'CreateClientVpnRoute CreateDelegateMacVolumeOwnershipTask CreateFleet CreateInstanceExportTask ' +
    'CreateInterruptibleCapacityReservationAllocation CreateMacSystemIntegrityProtectionModificationTask ' +
    'CreatePublicIpv4Pool CreateReplaceRootVolumeTask CreateSnapshots CreateTrafficMirrorTarget ' +
    'CreateTransitGatewayConnect CreateTransitGatewayConnectPeer CreateTransitGatewayMeteringPolicy ' +
    'CreateTransitGatewayMulticastDomain CreateTransitGatewayPeeringAttachment CreateTransitGatewayPolicyTable ' +
    'CreateTransitGatewayRouteTable CreateTransitGatewayRouteTableAnnouncement ' +
    'CreateTransitGatewayVpcAttachment CreateVpcEndpoint CreateVpcEndpointConnectionNotification ' +
    'CreateVpcEndpointServiceConfiguration CreateVpnConnection DeleteClientVpnEndpoint DeleteClientVpnRoute ' +
    'DeleteImageUsageReport DeleteManagedPrefixList DeleteNetworkInterfacePermission DeletePlacementGroup ' +
    'DeletePublicIpv4Pool DeleteQueuedReservedInstances DeleteTrafficMirrorFilterRule ' +
    'DeleteVpcBlockPublicAccessExclusion DeleteVpcEndpointConnectionNotifications ' +
    'DeleteVpcEndpointServiceConfigurations DeleteVpcEndpoints DeprovisionPublicIpv4PoolCidr ' +
    'DescribeCapacityBlockExtensionOfferings DescribeClientVpnConnections DescribeClientVpnRoutes ' +
    'DescribeClientVpnTargetNetworks DescribeVpcEndpointServicePermissions DisableFastSnapshotRestores ' +
    'DisableVgwRoutePropagation DisassociateCapacityReservationBillingOwner DisassociateClientVpnTargetNetwork ' +
    'DisassociateNatGatewayAddress DisassociateSubnetCidrBlock DisassociateVpcCidrBlock ' +
    'EnableFastSnapshotRestores EnableVgwRoutePropagation ExportClientVpnClientCertificateRevocationList ' +
    'ExportClientVpnClientConfiguration ExportImage GetAssociatedIpv6PoolCidrs GetCapacityReservationUsage ' +
    'GetCoipPoolUsage GetDeclarativePoliciesReportSummary GetFlowLogsIntegrationTemplate ' +
    'GetGroupsForCapacityReservation GetManagedPrefixListAssociations GetManagedPrefixListEntries ' +
    'GetReservedInstancesExchangeQuote ImportClientVpnClientCertificateRevocationList ImportImage ' +
    'ImportInstance ImportSnapshot LockSnapshot ModifyCapacityReservation ModifyClientVpnEndpoint ModifyHosts ' +
    'ModifyInstanceCreditSpecification ModifyIpamResourceCidr ModifyManagedPrefixList ModifyReservedInstances ' +
    'ModifyTrafficMirrorFilterRule ModifyTransitGateway ModifyVpcBlockPublicAccessExclusion ModifyVpcEndpoint ' +
    'ModifyVpcEndpointConnectionNotification ModifyVpcEndpointServiceConfiguration ' +
    'ModifyVpcEndpointServicePayerResponsibility ModifyVpcEndpointServicePermissions ModifyVpnConnection ' +
    'ModifyVpnTunnelOptions MoveCapacityReservationInstances ProvisionPublicIpv4PoolCidr PurchaseCapacityBlock ' +
    'PurchaseCapacityBlockExtension PurchaseHostReservation RejectCapacityReservationBillingOwnership ' +
    'RejectVpcEndpointConnections ReleaseHosts RequestSpotFleet RequestSpotInstances RevokeClientVpnIngress ' +
    'StartVpcEndpointServicePrivateDnsVerification TerminateClientVpnConnections UnlockSnapshot ' +
    'UpdateInterruptibleCapacityReservationAllocation',
  ssm:
    'CancelMaintenanceWindowExecution CreateAssociationBatch DeleteMaintenanceWindow DeletePatchBaseline ' +
    'DeregisterPatchBaselineForPatchGroup DeregisterTargetFromMaintenanceWindow ' +
    'DeregisterTaskFromMaintenanceWindow DescribeEffectivePatchesForPatchBaseline ' +
    'DescribeMaintenanceWindowExecutions DescribeMaintenanceWindowTargets DescribeMaintenanceWindowTasks ' +
    'GetAccessToken GetCalendarState GetDefaultPatchBaseline GetMaintenanceWindow GetMaintenanceWindowTask ' +
    'GetPatchBaseline GetServiceSetting PutComplianceItems RegisterDefaultPatchBaseline ResetServiceSetting ' +
    'StartAccessRequest StartChangeRequestExecution UpdateServiceSetting',
  kms: 'CreateGrant ListGrants RetireGrant RevokeGrant',
  organizations:
    'AcceptHandshake AttachPolicy CancelHandshake CloseAccount CreatePolicy DeclineHandshake ' +
    'DeleteOrganizationalUnit DeletePolicy DeregisterDelegatedAdministrator DescribeAccount ' +
    'DescribeEffectivePolicy DescribeHandshake DescribeOrganizationalUnit DescribePolicy ' +
    'DescribeResponsibilityTransfer DetachPolicy DisablePolicyType EnablePolicyType InviteAccountToOrganization ' +
    'InviteOrganizationToTransferResponsibility ListAccountsForParent ListChildren ' +
    'ListDelegatedServicesForAccount ListEffectivePolicyValidationErrors ListInboundResponsibilityTransfers ' +
    'ListOrganizationalUnitsForParent ListOutboundResponsibilityTransfers ListParents ListPolicies ' +
    'ListPoliciesForTarget ListTagsForResource ListTargetsForPolicy MoveAccount PutResourcePolicy ' +
    'RegisterDelegatedAdministrator RemoveAccountFromOrganization TagResource TerminateResponsibilityTransfer ' +
    'UntagResource UpdateOrganizationalUnit UpdatePolicy UpdateResponsibilityTransfer',
  sqs: 'CancelMessageMoveTask',
  secretsmanager:
    'CancelRotateSecret CreateSecret DeleteResourcePolicy DeleteSecret DescribeSecret GetResourcePolicy ' +
    'GetSecretValue ListSecretVersionIds PutResourcePolicy PutSecretValue RemoveRegionsFromReplication ' +
    'ReplicateSecretToRegions RestoreSecret RotateSecret StopReplicationToReplica TagResource UntagResource ' +
    'UpdateSecret UpdateSecretVersionStage ValidateResourcePolicy',
  dynamodb:
    'BatchExecuteStatement BatchGetItem BatchWriteItem CreateGlobalTable DeleteBackup DeleteItem DescribeBackup ' +
    'DescribeExport DescribeImport ExecuteStatement ExecuteTransaction ExportTableToPointInTime GetItem ' +
    'ListExports ListImports PutItem Query RestoreTableFromBackup RestoreTableToPointInTime Scan ' +
    'TransactGetItems TransactWriteItems UpdateGlobalTable UpdateGlobalTableSettings UpdateItem',
  macie2: 'BatchGetCustomDataIdentifiers DescribeClassificationJob UpdateClassificationJob UpdateFindingsFilter',
  securityhub:
    'BatchDeleteAutomationRules BatchGetAutomationRules BatchImportFindings BatchUpdateAutomationRules ' +
    'BatchUpdateFindings BatchUpdateFindingsV2 CreateTicketV2 DeleteAutomationRuleV2 DeleteConfigurationPolicy ' +
    'DeleteConnectorV2 DescribeProductsV2 GenerateRecommendedPolicyV2 GetAutomationRuleV2 ' +
    'GetConfigurationPolicy GetConnectorV2 GetFindingStatisticsV2 GetFindingsTrendsV2 GetFindingsV2 ' +
    'GetRecommendedPolicyV2 GetResourcesStatisticsV2 GetResourcesTrendsV2 GetResourcesV2 RegisterConnectorV2 ' +
    'UpdateAutomationRuleV2 UpdateConnectorV2',
  config:
    'AssociateResourceTypes DeleteAggregationAuthorization DeleteConfigurationRecorder DeleteConformancePack ' +
    'DeleteRemediationConfiguration DeleteServiceLinkedConfigurationRecorder DeleteStoredQuery ' +
    'DescribeConfigurationRecorderStatus DescribeConfigurationRecorders DescribeConformancePackCompliance ' +
    'DescribeRemediationConfigurations DescribeRemediationExecutionStatus DisassociateResourceTypes ' +
    'GetConformancePackComplianceDetails GetConformancePackComplianceSummary GetStoredQuery ' +
    'PutAggregationAuthorization PutConfigRule PutConfigurationRecorder PutConformancePack ' +
    'PutServiceLinkedConfigurationRecorder PutStoredQuery StopConfigurationRecorder',
  inspector2:
    'DeleteCisScanConfiguration DeleteCodeSecurityIntegration DeleteCodeSecurityScanConfiguration ' +
    'UpdateCisScanConfiguration UpdateCodeSecurityIntegration UpdateCodeSecurityScanConfiguration UpdateFilter',
};
