import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { block, canonical } from './blocks.ts';
import { type DescribeInput, describe } from './describe.ts';
import { gateways } from './internet-gateways.ts';
import { interfaces } from './network-interfaces.ts';
import { all, found, inUse, kind, newId, type Row, refuse } from './resource.ts';
import { subnets } from './subnets.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';
import { vpcs } from './vpcs.ts';

interface RouteRow {
  readonly destination: string;
  /** `local`, or the id of a gateway or interface. */
  readonly target: string;
  readonly origin: 'CreateRouteTable' | 'CreateRoute';
}

export interface RouteTableRow extends Row {
  readonly vpc: string;
  readonly main: boolean;
  readonly routes: readonly RouteRow[];
  /** Association id -> subnet. */
  readonly associations: Readonly<Record<string, string>>;
}

export const routeTables = kind<RouteTableRow>({
  prefix: 'rtb',
  type: 'route-table',
  notFound: 'InvalidRouteTableID.NotFound',
  words: 'The routeTable ID',
});

interface RouteInput {
  readonly RouteTableId: string;
  readonly DestinationCidrBlock?: string;
  readonly GatewayId?: string;
  readonly NetworkInterfaceId?: string;
  readonly InstanceId?: string;
}

export const CreateRouteTable = operation<{ VpcId: string; TagSpecifications?: readonly TagSpecification[] }>({
  handle(input, call) {
    const vpc = found(vpcs, call, input.VpcId);
    const table: RouteTableRow = {
      id: newId(call, routeTables),
      vpc: vpc.id,
      main: false,
      routes: vpc.blocks.map((destination) => ({ destination, target: 'local', origin: 'CreateRouteTable' as const })),
      associations: {},
      tags: tagsFor('route-table', input.TagSpecifications, call),
    };
    routeTables.rows.put(call, table.id, table);
    return { RouteTable: render(table, call) };
  },
});

export const DescribeRouteTables = operation<DescribeInput & { RouteTableIds?: readonly string[] }>({
  handle(input, call) {
    const { rows, token } = describe(routeTables, call, input, input.RouteTableIds, (table) => ({
      'route-table-id': table.id,
      'vpc-id': table.vpc,
      'association.main': String(table.main),
      'association.subnet-id': Object.values(table.associations),
      'association.route-table-association-id': Object.keys(table.associations),
      'route.destination-cidr-block': table.routes.map(({ destination }) => destination),
      'route.gateway-id': table.routes.map(({ target }) => target),
      'owner-id': call.account,
    }));
    return { RouteTables: rows.map((table) => render(table, call)), ...token };
  },
});

export const CreateRoute = operation<RouteInput>({
  handle(input, call) {
    const table = found(routeTables, call, input.RouteTableId);
    const route: RouteRow = { ...wanted(input, call), origin: 'CreateRoute' };
    if (table.routes.some(({ destination }) => destination === route.destination)) {
      throw refuse('RouteAlreadyExists', `The route identified by ${route.destination} already exists.`);
    }
    routeTables.rows.put(call, table.id, { ...table, routes: [...table.routes, route] });
    return { Return: true };
  },
});

export const ReplaceRoute = operation<RouteInput>({
  handle(input, call) {
    const table = found(routeTables, call, input.RouteTableId);
    const route = wanted(input, call);
    if (!table.routes.some(({ destination }) => destination === route.destination))
      throw noRoute(route.destination, table.id);
    const routes = table.routes.map((each) => (each.destination === route.destination ? { ...each, ...route } : each));
    routeTables.rows.put(call, table.id, { ...table, routes });
    return {};
  },
});

export const DeleteRoute = operation<{ RouteTableId: string; DestinationCidrBlock?: string }>({
  handle(input, call) {
    const table = found(routeTables, call, input.RouteTableId);
    const destination = canonical(block(input.DestinationCidrBlock ?? '', 'destinationCidrBlock'));
    const routes = table.routes.filter((route) => route.destination !== destination || route.target === 'local');
    if (routes.length === table.routes.length) throw noRoute(destination, table.id);
    routeTables.rows.put(call, table.id, { ...table, routes });
    return {};
  },
});

export const AssociateRouteTable = operation<{ RouteTableId: string; SubnetId?: string; GatewayId?: string }>({
  handle(input, call) {
    if (input.SubnetId === undefined)
      throw refuse('NotImplemented', 'Route tables of gateways are not built in this range yet.');
    const table = found(routeTables, call, input.RouteTableId);
    const subnet = found(subnets, call, input.SubnetId);
    if (subnet.vpc !== table.vpc) {
      throw refuse(
        'InvalidParameterValue',
        `Route table ${table.id} and subnet ${subnet.id} belong to different networks`,
      );
    }
    for (const other of all(routeTables, call)) {
      if (Object.values(other.associations).includes(subnet.id)) {
        throw refuse(
          'Resource.AlreadyAssociated',
          `the specified association for route table ${table.id} conflicts with an existing association`,
        );
      }
    }
    const id = `rtbassoc-${call.ids.hex(17)}`;
    routeTables.rows.put(call, table.id, { ...table, associations: { ...table.associations, [id]: subnet.id } });
    return { AssociationId: id, AssociationState: { State: 'associated' } };
  },
});

export const DisassociateRouteTable = operation<{ AssociationId: string }>({
  handle(input, call) {
    for (const table of all(routeTables, call)) {
      const { [input.AssociationId]: subnet, ...associations } = table.associations;
      if (subnet === undefined) continue;
      routeTables.rows.put(call, table.id, { ...table, associations });
      return {};
    }
    throw refuse('InvalidAssociationID.NotFound', `The association ID '${input.AssociationId}' does not exist`);
  },
});

export const DeleteRouteTable = operation<{ RouteTableId: string }>({
  handle(input, call) {
    const table = found(routeTables, call, input.RouteTableId);
    if (table.main || Object.keys(table.associations).length > 0) throw inUse('routeTable', table.id);
    routeTables.rows.remove(call, table.id);
    return {};
  },
});

function wanted(input: RouteInput, call: Call): Pick<RouteRow, 'destination' | 'target'> {
  if (input.DestinationCidrBlock === undefined) {
    throw refuse('MissingParameter', 'The request must contain the parameter destinationCidrBlock');
  }
  const destination = canonical(block(input.DestinationCidrBlock, 'destinationCidrBlock'));
  if (input.GatewayId !== undefined) return { destination, target: found(gateways, call, input.GatewayId).id };
  if (input.NetworkInterfaceId !== undefined)
    return { destination, target: found(interfaces, call, input.NetworkInterfaceId).id };
  if (input.InstanceId !== undefined) {
    const [nic] = [...all(interfaces, call)].filter(({ instance }) => instance === input.InstanceId);
    if (nic !== undefined) return { destination, target: nic.id };
  }
  throw refuse(
    'NotImplemented',
    'Routes to anything but an internet gateway or a network interface are not built in this range yet.',
  );
}

function noRoute(destination: string, table: string) {
  return refuse('InvalidRoute.NotFound', `no route with destination-cidr-block ${destination} in route table ${table}`);
}

function render(table: RouteTableRow, call: Call) {
  const gone = (target: string) =>
    target !== 'local' &&
    gateways.rows.get(call, target) === undefined &&
    interfaces.rows.get(call, target) === undefined;
  return {
    RouteTableId: table.id,
    VpcId: table.vpc,
    OwnerId: call.account,
    PropagatingVgws: [],
    Routes: table.routes.map(({ destination, target, origin }) => ({
      DestinationCidrBlock: destination,
      ...(target.startsWith('eni-') ? { NetworkInterfaceId: target } : { GatewayId: target }),
      Origin: origin,
      State: gone(target) ? 'blackhole' : 'active',
    })),
    Associations: [
      ...(table.main
        ? [
            {
              Main: true,
              RouteTableAssociationId: `rtbassoc-${table.id.slice(4)}`,
              RouteTableId: table.id,
              AssociationState: { State: 'associated' },
            },
          ]
        : []),
      ...Object.entries(table.associations).map(([id, subnet]) => ({
        Main: false,
        RouteTableAssociationId: id,
        RouteTableId: table.id,
        SubnetId: subnet,
        AssociationState: { State: 'associated' },
      })),
    ],
    Tags: tagSet(table),
  };
}
