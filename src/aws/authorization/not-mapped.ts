// A table: operations whose authorization is not whole yet, by service. The gateway refuses to register them.
export const notMapped: Readonly<Record<string, string>> = {
  sts: 'GetScopedCredentials',
  iam: 'AcquireRole GetHumanReadableSummary GetRoleTemplateVersion UpdateDelegationRequest',
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
  guardduty: 'ListInvestigationRecords',
  cloudformation:
    'CreateStackInstances CreateStackSet DeleteStackInstances DeleteStackSet DescribeStackInstance ' +
    'DescribeStackRefactor DescribeStackSet DescribeStackSetOperation DetectStackSetDrift ExecuteStackRefactor ' +
    'GetHookResult ImportStacksToStackSet ListHookResults ListStackInstanceResourceDrifts ListStackInstances ' +
    'ListStackRefactorActions ListStackRefactors ListStackSetAutoDeploymentTargets ListStackSetOperationResults ' +
    'ListStackSetOperations RecordHandlerProgress RemoveAlias SetAlias StopStackSetOperation ' +
    'UpdateStackInstances UpdateStackSet',
  ec2:
    'AcceptAddressTransfer AcceptCapacityReservationBillingOwnership AcceptReservedInstancesExchangeQuote ' +
    'AcceptVpcEndpointConnections AcceptVpcPeeringConnection AllocateHosts ' +
    'ApplySecurityGroupsToClientVpnTargetNetwork AssociateCapacityReservationBillingOwner ' +
    'AssociateClientVpnTargetNetwork AssociateIpamResourceDiscovery AssociateNetworkingFlexCostAllocationPolicy ' +
    'AttachClassicLinkVpc AuthorizeClientVpnIngress CancelCapacityReservation CancelDeclarativePoliciesReport ' +
    'CancelImportTask CopyImage CreateCapacityReservation CreateCapacityReservationBySplitting ' +
    'CreateCapacityReservationDateChangeQuote CreateClientVpnEndpoint CreateClientVpnRoute ' +
    'CreateDelegateMacVolumeOwnershipTask CreateFleet CreateInstanceExportTask ' +
    'CreateInterruptibleCapacityReservationAllocation CreateMacSystemIntegrityProtectionModificationTask ' +
    'CreateMetricCategory CreateNetworkingFlexCostAllocationPolicy CreatePublicIpv4Pool CreateSnapshots ' +
    'CreateTags CreateTrafficMirrorTarget CreateTransitGatewayConnect CreateTransitGatewayConnectPeer ' +
    'CreateTransitGatewayMeteringPolicy CreateTransitGatewayMulticastDomain ' +
    'CreateTransitGatewayPeeringAttachment CreateTransitGatewayPolicyTable CreateTransitGatewayPolicyTableEntry ' +
    'CreateTransitGatewayRouteTable CreateTransitGatewayRouteTableAnnouncement ' +
    'CreateTransitGatewayVpcAttachment CreateVpcEndpoint CreateVpcEndpointConnectionNotification ' +
    'CreateVpcEndpointServiceConfiguration CreateVpnConnection DeleteClientVpnEndpoint ' +
    'DeleteClientVpnEndpointAuthorizationPolicy DeleteClientVpnRoute DeleteImageUsageReport ' +
    'DeleteManagedPrefixList DeleteMetricCategory DeleteNetworkInterfacePermission ' +
    'DeleteNetworkingFlexCostAllocationPolicies DeletePlacementGroup DeletePublicIpv4Pool ' +
    'DeleteQueuedReservedInstances DeleteTrafficMirrorFilterRule DeleteVpcBlockPublicAccessExclusion ' +
    'DeleteVpcEndpointConnectionNotifications DeleteVpcEndpointServiceConfigurations DeleteVpcEndpoints ' +
    'DeprovisionPublicIpv4PoolCidr DescribeCapacityBlockExtensionOfferings ' +
    'DescribeCapacityReservationDateChangeQuotes DescribeClientVpnConnections DescribeClientVpnRoutes ' +
    'DescribeClientVpnTargetNetworks DescribeMetricCategories DescribeNetworkingFlexCostAllocationPolicies ' +
    'DescribeNetworkingFlexCostAllocationPolicyAssociations DescribeVpcEndpointServicePermissions ' +
    'DisableFastSnapshotRestores DisableVgwRoutePropagation DisassociateCapacityReservationBillingOwner ' +
    'DisassociateClientVpnTargetNetwork DisassociateNatGatewayAddress ' +
    'DisassociateNetworkingFlexCostAllocationPolicy DisassociateSubnetCidrBlock DisassociateVpcCidrBlock ' +
    'EnableFastSnapshotRestores EnableVgwRoutePropagation ExportClientVpnClientCertificateRevocationList ' +
    'ExportClientVpnClientConfiguration ExportImage GetAssociatedIpv6PoolCidrs ' +
    'GetCapacityManagerSupportabilityScores GetCapacityReservationUsage GetClientVpnEndpointAuthorizationPolicy ' +
    'GetCoipPoolUsage GetDeclarativePoliciesReportSummary GetFlowLogsIntegrationTemplate ' +
    'GetGroupsForCapacityReservation GetImageFindings GetManagedPrefixListAssociations ' +
    'GetManagedPrefixListEntries GetNetworkingFlexCostAllocationPolicyVersions ' +
    'GetReservedInstancesExchangeQuote GetTransitGatewayAttachmentNatConfiguration ' +
    'ImportClientVpnClientCertificateRevocationList ImportImage ImportInstance ImportSnapshot LockSnapshot ' +
    'ModifyCapacityReservation ModifyClientVpnEndpoint ModifyClientVpnEndpointAuthorizationPolicy ModifyHosts ' +
    'ModifyInstanceCreditSpecification ModifyIpamResourceCidr ModifyManagedPrefixList ModifyMetricCategory ' +
    'ModifyNetworkingFlexCostAllocationPolicy ModifyReservedInstances ModifyTrafficMirrorFilterRule ' +
    'ModifyTransitGateway ModifyTransitGatewayAttachmentNatConfiguration ModifyTransitGatewayPolicyTableEntry ' +
    'ModifyVpcBlockPublicAccessExclusion ModifyVpcEndpoint ModifyVpcEndpointConnectionNotification ' +
    'ModifyVpcEndpointPayerResponsibility ModifyVpcEndpointServiceConfiguration ' +
    'ModifyVpcEndpointServicePayerResponsibility ModifyVpcEndpointServicePermissions ModifyVpnConnection ' +
    'ModifyVpnTunnelOptions MoveCapacityReservationInstances ProvisionPublicIpv4PoolCidr PurchaseCapacityBlock ' +
    'PurchaseCapacityBlockExtension PurchaseHostReservation RejectCapacityReservationBillingOwnership ' +
    'RejectVpcEndpointConnections ReleaseHosts RequestSpotFleet RequestSpotInstances RevokeClientVpnIngress ' +
    'StartVpcEndpointServicePrivateDnsVerification TerminateClientVpnConnections UnlockSnapshot ' +
    'UpdateInterruptibleCapacityReservationAllocation',
  ssm:
    'CancelMaintenanceWindowExecution CreateAssociationBatch DeleteMaintenanceWindow DeletePatchBaseline ' +
    'DeregisterDefaultHostManagementConfiguration DeregisterPatchBaselineForPatchGroup ' +
    'DeregisterTargetFromMaintenanceWindow DeregisterTaskFromMaintenanceWindow ' +
    'DescribeEffectivePatchesForPatchBaseline DescribeMaintenanceWindowExecutions ' +
    'DescribeMaintenanceWindowTargets DescribeMaintenanceWindowTasks GetAccessToken GetCalendarState ' +
    'GetDefaultPatchBaseline GetMaintenanceWindow GetMaintenanceWindowTask GetPatchBaseline GetServiceSetting ' +
    'PutComplianceItems RegisterDefaultHostManagementConfiguration RegisterDefaultPatchBaseline ' +
    'ResetServiceSetting StartAccessRequest StartChangeRequestExecution UpdateServiceSetting',
  kms:
    'CreateAlias CreateGrant Decapsulate Decrypt DeleteAlias DisableKey Encapsulate Encrypt GenerateDataKey ' +
    'GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext ListGrants ' +
    'ReEncrypt RetireGrant RevokeGrant ScheduleKeyDeletion UpdateAlias',
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
    'BatchExecuteStatement BatchGetItem BatchWriteItem CancelBulkOperation CreateGlobalTable DeleteBackup ' +
    'DeleteItem DescribeBackup DescribeBulkOperation DescribeExport DescribeImport ExecuteStatement ' +
    'ExecuteTransaction ExportTableToPointInTime GetItem ListBulkOperations ListExports ListImports PutItem ' +
    'Query RestoreTableFromBackup RestoreTableToPointInTime Scan StartBulkPutItems TransactGetItems ' +
    'TransactWriteItems UpdateGlobalTable UpdateGlobalTableSettings UpdateItem',
  macie2: 'BatchGetCustomDataIdentifiers DescribeClassificationJob UpdateClassificationJob UpdateFindingsFilter',
  securityhub:
    'BatchDeleteAutomationRules BatchGetAutomationRules BatchImportFindings BatchUpdateAutomationRules ' +
    'BatchUpdateFindings BatchUpdateFindingsV2 CreateTicketV2 DeleteAutomationRuleV2 DeleteConfigurationPolicy ' +
    'DeleteConnectorV2 DescribeProductsV2 DisableSecurityHubFeatureV2 EnableSecurityHubFeatureV2 ' +
    'GenerateRecommendedPolicyV2 GetAutomationRuleV2 GetConfigurationPolicy GetConnectorV2 ' +
    'GetFindingStatisticsV2 GetFindingsTrendsV2 GetFindingsV2 GetRecommendedPolicyV2 GetResourcesStatisticsV2 ' +
    'GetResourcesTrendsV2 GetResourcesV2 ListFreeTrialStatusesV2 RegisterConnectorV2 UpdateAutomationRuleV2 ' +
    'UpdateConnectorV2',
  config:
    'AssociateResourceTypes DeleteAggregationAuthorization DeleteConfigurationRecorder DeleteConformancePack ' +
    'DeleteRemediationConfiguration DeleteServiceLinkedConfigurationRecorder DeleteStoredQuery ' +
    'DescribeConfigurationRecorderStatus DescribeConfigurationRecorders DescribeConformancePackCompliance ' +
    'DescribeRemediationConfigurations DescribeRemediationExecutionStatus DisassociateResourceTypes ' +
    'GetConformancePackComplianceDetails GetConformancePackComplianceSummary GetStoredQuery ' +
    'PutAggregationAuthorization PutConfigRule PutConfigurationRecorder PutConformancePack PutConnector ' +
    'PutServiceLinkedConfigurationRecorder PutStoredQuery PutThirdPartyServiceLinkedConfigurationRecorder ' +
    'StopConfigurationRecorder',
  inspector2:
    'DeleteCisScanConfiguration DeleteCodeSecurityIntegration DeleteCodeSecurityScanConfiguration ' +
    'UpdateCisScanConfiguration UpdateCodeSecurityIntegration UpdateCodeSecurityScanConfiguration ' +
    'UpdateConnector UpdateFilter',
};
