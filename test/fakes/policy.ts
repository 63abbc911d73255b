export interface PolicyLike {
  readonly Statement: readonly {
    readonly Condition: {
      readonly DateLessThan: Readonly<Record<string, string>>;
      readonly StringEquals?: Readonly<Record<string, string>>;
    };
  }[];
}

export function decodePolicy(document: string): PolicyLike {
  return JSON.parse(document);
}
