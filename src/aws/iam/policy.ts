/** A policy document made ready for evaluation. Build it with `compile`; keep it as long as the document does not change. */
export interface Policy {
  readonly statements: readonly unknown[];
}
