import type { Call, Operation, Preparation } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { badRequest, invalid, outOfRange } from './errors.ts';
import { activationMs, limits } from './limits.ts';
import { forgetList, readList } from './read-list.ts';
import { detectorOf, type List, type ListVersion, listContents, lists, type Tags } from './tables.ts';

interface ById {
  readonly DetectorId: string;
  readonly ThreatIntelSetId?: string;
  readonly IpSetId?: string;
}

interface Given {
  readonly Name?: string;
  readonly Format?: string;
  readonly Location?: string;
  readonly Activate?: boolean;
  readonly Tags?: Tags;
  readonly ExpectedBucketOwner?: string;
}

/** What preparing a call read of the list, under the id that the list will have. */
interface Read {
  readonly id: string;
  readonly entries?: readonly string[];
}

type Kind = List['kind'];
type IdName = 'ThreatIntelSetId' | 'IpSetId';

export const CreateThreatIntelSet = create('threat', 'ThreatIntelSetId');
export const GetThreatIntelSet = get('threat', 'ThreatIntelSetId');
export const UpdateThreatIntelSet = update('threat', 'ThreatIntelSetId');
export const DeleteThreatIntelSet = remove('threat', 'ThreatIntelSetId');
export const ListThreatIntelSets = list('threat', 'ThreatIntelSetIds');
export const CreateIPSet = create('trusted', 'IpSetId');
export const GetIPSet = get('trusted', 'IpSetId');
export const UpdateIPSet = update('trusted', 'IpSetId');
export const DeleteIPSet = remove('trusted', 'IpSetId');
export const ListIPSets = list('trusted', 'IpSetIds');

function create(kind: Kind, idName: IdName): Operation {
  return operation<ById & Required<Omit<Given, 'ExpectedBucketOwner'>> & Given, object, Read>({
    ...(kind === 'threat'
      ? { trail: { seen: 'https://docs.aws.amazon.com/guardduty/latest/ug/logging-using-cloudtrail.html' } }
      : {}),
    async prepare(input, preparation) {
      detectorOf(preparation.call, input.DetectorId);
      const id = preparation.call.ids.hex(32);
      if (!input.Activate) return { id };
      const given = { id, kind, format: input.Format, location: input.Location, ...ownerOf(input) };
      return { id, entries: await readList(given, preparation) };
    },
    handle(input, call, { id, entries }) {
      detectorOf(call, input.DetectorId);
      checkName(input.Name, call, kind);
      const max = kind === 'threat' ? limits.threatLists : limits.trustedLists;
      if ([...ofKind(call, kind)].length >= max) throw badRequest(`${setNames[kind]} limit has exceeded.`);
      const { Name: name, Format: format, Location: location } = input;
      const made: List = {
        id,
        kind,
        name,
        format,
        location,
        ...ownerOf(input),
        active: entries !== undefined,
        versions: entries === undefined ? [] : [version(call, entries)],
        tags: input.Tags ?? {},
      };
      lists.put(call, id, made);
      return { [idName]: id };
    },
  });
}

function get(kind: Kind, idName: IdName): Operation {
  return operation<ById>({
    handle(input, call) {
      detectorOf(call, input.DetectorId);
      const found = listOf(call, kind, input[idName]);
      const { name: Name, format: Format, location: Location, tags: Tags, expectedBucketOwner } = found;
      return {
        Name,
        Format,
        Location,
        Status: statusAt(found, call.time),
        Tags,
        ...(expectedBucketOwner === undefined ? {} : { ExpectedBucketOwner: expectedBucketOwner }),
      };
    },
  });
}

function update(kind: Kind, idName: IdName): Operation {
  return operation<ById & Given, object, Read>({
    async prepare(input, preparation) {
      detectorOf(preparation.call, input.DetectorId);
      const before = listOf(preparation.call, kind, input[idName]);
      const isActive = input.Activate ?? before.active;
      // A change of the place alone counts at once for a list in use; a name changes nothing of what matches.
      const isReadAgain = isActive && (input.Activate === true || input.Location !== undefined);
      if (!isReadAgain) return { id: before.id };
      const location = input.Location ?? before.location;
      return { id: before.id, entries: await readList({ ...before, location, ...ownerOf(input) }, preparation) };
    },
    handle(input, call, { entries }) {
      detectorOf(call, input.DetectorId);
      const before = listOf(call, kind, input[idName]);
      if (input.Name !== undefined && input.Name !== before.name) checkName(input.Name, call, kind);
      const active = input.Activate ?? before.active;
      const versions =
        entries !== undefined
          ? [...closed(call, before.versions), version(call, entries)]
          : active
            ? before.versions
            : closed(call, before.versions);
      lists.put(call, before.id, {
        ...before,
        name: input.Name ?? before.name,
        location: input.Location ?? before.location,
        ...ownerOf(input),
        active,
        versions,
      });
      return {};
    },
  });
}

function remove(kind: Kind, idName: IdName): Operation {
  return operation<ById>({
    async prepare(input, preparation: Preparation): Promise<undefined> {
      detectorOf(preparation.call, input.DetectorId);
      await forgetList(listOf(preparation.call, kind, input[idName]).id, preparation);
    },
    handle(input, call) {
      detectorOf(call, input.DetectorId);
      const { id, versions } = listOf(call, kind, input[idName]);
      for (const { content } of versions) listContents.remove(call, content);
      lists.remove(call, id);
      return {};
    },
  });
}

function list(kind: Kind, idsName: string): Operation {
  return operation<ById & { MaxResults?: number; NextToken?: string }>({
    handle(input, call) {
      detectorOf(call, input.DetectorId);
      return { [idsName]: [...ofKind(call, kind)].map(({ id }) => id), NextToken: '' };
    },
  });
}

/**
 * Letters, digits, white space, dashes and underscores, and no other list's of the kind. What AWS answers to a second one
 * is not documented: these are its words for filters. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateThreatIntelSet.html
 */
function checkName(name: string, call: Call, kind: Kind): void {
  if (!/^[\w\s-]+$/.test(name)) throw invalid('name');
  for (const other of ofKind(call, kind)) {
    if (other.name === name) throw badRequest(`a ${setNames[kind]} with the given name already exists.`);
  }
}

const setNames = { threat: 'threatIntelSet', trusted: 'ipSet' } as const;

function ownerOf({ ExpectedBucketOwner: owner }: Given): Pick<List, 'expectedBucketOwner'> {
  return owner === undefined ? {} : { expectedBucketOwner: owner };
}

function* ofKind(scope: Parameters<typeof lists.list>[0], kind: Kind): Iterable<List> {
  for (const [, row] of lists.list(scope)) if (row.kind === kind) yield row;
}

function listOf(scope: Parameters<typeof lists.get>[0], kind: Kind, id: string | undefined): List {
  const found = lists.get(scope, id ?? '');
  if (found?.kind !== kind) throw outOfRange();
  return found;
}

/** What replaces or ends a version does so when it becomes effective itself. */
function closed(call: Call, versions: readonly ListVersion[]): readonly ListVersion[] {
  const end = call.time + activationMs;
  const kept: ListVersion[] = [];
  for (const each of versions) {
    // Of what has ended only the last is still of use, to records that come late.
    if ((each.until ?? end) <= call.time - activationMs || each.from >= end) listContents.remove(call, each.content);
    else kept.push({ ...each, until: Math.min(each.until ?? end, end) });
  }
  return kept;
}

function version(call: Call, entries: readonly string[]): ListVersion {
  const content = call.ids.hex(32);
  listContents.put(call, content, entries);
  return { from: call.time + activationMs, content };
}

function statusAt({ active, versions }: List, time: number): string {
  const last = versions.at(-1);
  if (active) return last !== undefined && last.from <= time ? 'ACTIVE' : 'ACTIVATING';
  return last?.until !== undefined && last.until > time ? 'DEACTIVATING' : 'INACTIVE';
}
