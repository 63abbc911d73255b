import type { MemberModel, OperationModel, ServiceModel, ShapeModel } from './model.ts';
import type { Member, OperationPlan, ServicePlan, Shape } from './plan.ts';

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** Resolves a model's references, shape by shape as they are reached: a call costs only what it touches. */
export function compileService(model: ServiceModel): ServicePlan {
  const shapes = new Map<string, Shape>();
  const operations = new Map<string, OperationPlan>();
  const errors = new Map<string, string>();
  for (const [name, { exception, error }] of Object.entries(model.shapes)) {
    if (!exception) continue;
    errors.set(name, name);
    if (error?.code !== undefined && !errors.has(error.code)) errors.set(error.code, name);
  }
  const shape = (name: string): Shape => {
    const known = shapes.get(name);
    if (known !== undefined) return known;
    const from = model.shapes[name];
    if (from === undefined) throw new Error(`The model of ${model.service} has no shape ${name}: run wire:generate`);
    const made = emptyShape(name, from);
    shapes.set(name, made);
    fillShape(made, from, shape);
    made.constrained = isConstrained(made);
    return made;
  };
  const service: ServicePlan = {
    name: model.service,
    serviceId: model.serviceId,
    signingName: model.signingName,
    apiVersion: model.apiVersion,
    protocols: model.protocols,
    jsonVersion: model.jsonVersion === '1.0' ? '1.0' : '1.1',
    xmlNamespace: model.xmlNamespace ?? '',
    queryCompatible: model.queryCompatible === true,
    targetPrefix: model.targetPrefix ?? '',
    operationNames: Object.keys(model.operations),
    operation(name) {
      const known = operations.get(name);
      if (known !== undefined) return known;
      if (!Object.hasOwn(model.operations, name)) return undefined;
      const made = compileOperation(service, name, model.operations[name]!, shape);
      operations.set(name, made);
      return made;
    },
    error(code) {
      const name = errors.get(code);
      return name === undefined ? undefined : shape(name);
    },
  };
  return service;
}

function compileOperation(
  service: ServicePlan,
  name: string,
  from: OperationModel,
  shape: (name: string) => Shape,
): OperationPlan {
  const input = from.input && member('input', from.input, shape, false);
  const body = input?.shape.payload;
  return {
    service,
    name,
    callName: `${service.name}:${name}`,
    method: from.method,
    uri: from.uri,
    status: from.status ?? 200,
    input,
    output: from.output && member('output', from.output, shape, false),
    resultWrapper: from.resultWrapper,
    errors: from.errors ?? [],
    deprecated: from.deprecated === true,
    unsigned: from.auth === 'none',
    streamsIn: body?.streaming === true,
  };
}

function isConstrained(shape: Shape): boolean {
  const { min, max, pattern, item, key, members } = shape;
  if (min !== undefined || max !== undefined || pattern !== undefined || shape.enum !== undefined) return true;
  if (item?.shape.constrained || key?.shape.constrained) return true;
  return members.some((one) => one.required || one.shape.constrained);
}

function emptyShape(name: string, from: ShapeModel): Open<Shape> {
  const namespace = namespaceOf(from.xmlNamespace);
  return {
    name,
    type: from.type,
    members: [],
    byWireName: new Map(),
    payload: undefined,
    hasBody: false,
    item: undefined,
    key: undefined,
    flattened: from.flattened === true,
    min: from.min,
    max: from.max,
    pattern: patternOf(from.pattern),
    patternText: from.pattern ?? '',
    enum: from.enum && new Set(from.enum),
    timestampFormat: from.timestampFormat,
    // Recursive shapes are seen half-filled: they count as constrained until known better.
    constrained: true,
    document: from.document === true,
    union: from.union === true,
    streaming: from.streaming === true,
    eventstream: from.eventstream === true,
    exception: from.exception === true,
    errorCode: from.error?.code ?? name,
    errorStatus: from.error?.httpStatusCode,
    xmlName: from.locationName,
    xmlNamespace: namespace.uri,
    xmlPrefix: namespace.prefix,
  };
}

function fillShape(made: Open<Shape>, from: ShapeModel, shape: (name: string) => Shape): void {
  if (from.member) made.item = member('member', from.member, shape, false);
  if (from.value) made.item = member('value', from.value, shape, false);
  if (from.key) made.key = member('key', from.key, shape, false);
  if (!from.members) return;
  const required = new Set(from.required);
  made.members = Object.entries(from.members).map(([name, of]) => member(name, of, shape, required.has(name)));
  made.payload = made.members.find(({ name }) => name === from.payload);
  const inBody = made.members.filter((one) => one.location === undefined && one !== made.payload);
  made.hasBody = inBody.length > 0 && made.payload === undefined;
  made.byWireName = new Map(inBody.map((one) => [one.wireName, one]));
}

function member(name: string, from: MemberModel, shape: (name: string) => Shape, required: boolean): Member {
  const target = shape(from.shape);
  const namespace = namespaceOf(from.xmlNamespace);
  const { locationName } = from;
  const capital = locationName && locationName[0]!.toUpperCase() + locationName.slice(1);
  return {
    name,
    shape: target,
    required,
    location: from.location,
    wireName: locationName ?? name,
    headerName: (locationName ?? name).toLowerCase(),
    ownName: locationName,
    ec2Name: from.queryName ?? capital ?? name,
    queryName: from.queryName ?? locationName ?? name,
    flattened: from.flattened === true || target.flattened,
    // botocore marks streams on the shape in newer services and on the member in older ones.
    streaming: from.streaming === true || target.streaming,
    xmlAttribute: from.xmlAttribute === true,
    xmlNamespace: namespace.uri ?? target.xmlNamespace,
    xmlPrefix: namespace.prefix ?? target.xmlPrefix,
    timestampFormat: from.timestampFormat ?? target.timestampFormat,
    jsonvalue: from.jsonvalue === true,
    idempotencyToken: from.idempotencyToken === true,
  };
}

function namespaceOf(from: ShapeModel['xmlNamespace']): { uri: string | undefined; prefix: string | undefined } {
  if (typeof from === 'string') return { uri: from, prefix: undefined };
  return { uri: from?.uri, prefix: from?.prefix };
}

/** Java's patterns, which must match the whole value. What JavaScript cannot read is not checked. */
function patternOf(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined;
  const flags = text.includes('(?i)') ? 'si' : 's';
  const source = text
    .replaceAll(/\(\?[is]\)/g, '')
    .replaceAll('\\p{Alnum}', 'A-Za-z0-9')
    .replaceAll('\\p{Print}', '[\\x20-\\x7e]')
    // Java lets any sign be escaped, JavaScript's Unicode mode only those that mean something.
    .replaceAll(/\\([:@_ %=&#"'<>,;!~`-])/g, (_, sign: string) => `\\x${sign.charCodeAt(0).toString(16)}`);
  // Without Unicode mode `[\w-_]` is read as Java reads it, but `\p{L}` is not: then nothing is checked.
  return regular(source, `u${flags}`) ?? (source.includes('\\p') ? undefined : regular(source, flags));
}

function regular(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, flags);
  } catch {
    return undefined;
  }
}
