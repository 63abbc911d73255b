import { operation } from '../../operation.ts';
import { type DescribeInput, describe } from './describe.ts';
import { all, found, inUse, kind, newId, type Row, refuse } from './resource.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';
import { vpcs } from './vpcs.ts';

export interface GatewayRow extends Row {
  readonly vpc?: string;
}

export const gateways = kind<GatewayRow>({
  prefix: 'igw',
  type: 'internet-gateway',
  notFound: 'InvalidInternetGatewayID.NotFound',
  words: 'The internetGateway ID',
});

export const CreateInternetGateway = operation<{ TagSpecifications?: readonly TagSpecification[] }>({
  handle(input, call) {
    const gateway: GatewayRow = {
      id: newId(call, gateways),
      tags: tagsFor('internet-gateway', input.TagSpecifications, call),
    };
    gateways.rows.put(call, gateway.id, gateway);
    return { InternetGateway: render(gateway, call.account) };
  },
});

export const AttachInternetGateway = operation<{ InternetGatewayId: string; VpcId: string }>({
  handle(input, call) {
    const gateway = found(gateways, call, input.InternetGatewayId);
    const vpc = found(vpcs, call, input.VpcId);
    if (gateway.vpc !== undefined) {
      throw refuse(
        'Resource.AlreadyAssociated',
        `resource ${gateway.id} is already attached to network ${gateway.vpc}`,
      );
    }
    if (vpc.internetGateway !== undefined) {
      throw refuse('InvalidParameterValue', `Network ${vpc.id} already has an internet gateway attached`);
    }
    gateways.rows.put(call, gateway.id, { ...gateway, vpc: vpc.id });
    vpcs.rows.put(call, vpc.id, { ...vpc, internetGateway: gateway.id });
    return {};
  },
});

export const DetachInternetGateway = operation<{ InternetGatewayId: string; VpcId: string }>({
  handle(input, call) {
    const { vpc: attached, ...gateway } = found(gateways, call, input.InternetGatewayId);
    const { internetGateway: _, ...vpc } = found(vpcs, call, input.VpcId);
    if (attached !== vpc.id)
      throw refuse('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${vpc.id}`);
    gateways.rows.put(call, gateway.id, gateway);
    vpcs.rows.put(call, vpc.id, vpc);
    return {};
  },
});

export const DescribeInternetGateways = operation<DescribeInput & { InternetGatewayIds?: readonly string[] }>({
  handle(input, call) {
    const { rows, token } = describe(gateways, call, input, input.InternetGatewayIds, (gateway) => ({
      'internet-gateway-id': gateway.id,
      'attachment.vpc-id': gateway.vpc,
      'attachment.state': gateway.vpc === undefined ? undefined : 'available',
      'owner-id': call.account,
    }));
    return { InternetGateways: rows.map((gateway) => render(gateway, call.account)), ...token };
  },
});

export const DeleteInternetGateway = operation<{ InternetGatewayId: string }>({
  handle(input, call) {
    const gateway = found(gateways, call, input.InternetGatewayId);
    if (gateway.vpc !== undefined && [...all(vpcs, call)].some(({ id }) => id === gateway.vpc)) {
      throw inUse('internetGateway', gateway.id);
    }
    gateways.rows.remove(call, gateway.id);
    return {};
  },
});

function render(gateway: GatewayRow, account: string) {
  return {
    InternetGatewayId: gateway.id,
    OwnerId: account,
    Attachments: gateway.vpc === undefined ? [] : [{ VpcId: gateway.vpc, State: 'available' }],
    Tags: tagSet(gateway),
  };
}
