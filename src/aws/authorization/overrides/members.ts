/** Typed looks at members of an input whose types the gateway has not checked yet. */
type Input = Readonly<Record<string, unknown>>;

export function textAt(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

export function listAt(input: Input, name: string): readonly unknown[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

export function recordAt(input: Input, name: string): Input {
  return isRecord(input[name]) ? input[name] : {};
}

export function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
