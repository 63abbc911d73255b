/** Bounds of reading. */
export const limits = {
  /** Nesting of one record; AWS's own stay below 20. */
  depth: 256,
  /** One record. CloudTrail's are at most 256 KB, and 1 MB when extended. */
  recordBytes: 4 * 1024 * 1024,
  /** Arrays that wait to be used again, and what they hold. */
  spareArrays: 64,
  spareBytes: 8 * 1024 * 1024,
  /** Rows of a Parquet file that are read at once: as many as take so much in their group, and how few and many at most. */
  parquetBytes: 8 * 1024 * 1024,
  parquetRowsLeast: 1_000,
  parquetRowsMost: 65_536,
  /** What is looked at to tell the kind of a file, and first of all whether it is one of CloudTrail's own. */
  headBytes: 64 * 1024,
  lookBytes: 256,
  headLines: 100,
  /** Short values whose text is kept, so that the same value is one string. */
  internedTexts: 65_536,
  internedBytes: 160,
  /** Addresses that are known read. */
  addresses: 65_536,
  /** Values that have a number in a scan, what their bytes take together, and the length of one. */
  values: 16_384,
  valuesBytes: 4 * 1024 * 1024,
  valueBytes: 4_096,
  /** Who makes which call from where: together these have a number too. */
  situations: 32_768,
  /** Places, programs, accounts, regions and outcomes together that one caller is known with. */
  settingsPerCaller: 32,
  /** Callers, calls, agents and addresses with what was found out of them. */
  callers: 8_192,
  common: 16_384,
} as const;
