/** A place in what was read: the file's index in the run's list, and the byte where the record begins, or its row. */
export interface Place {
  readonly file: number;
  readonly offset: number;
  /** The offset is a row's number, as in Parquet. */
  readonly isRow?: true;
}

/** Input that could not be used. Reading never fails: a bad line costs one of these, never the stream. */
export interface Problem {
  readonly place: Place;
  /** A stable name, such as `record-not-an-object`, by which problems are counted. */
  readonly code: string;
  /** What is wrong, quoting the value; what was expected. */
  readonly reason: string;
}
