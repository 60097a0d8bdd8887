/** Grids share this machine's compute seconds by weight; a grid without work leaves its part to the others. */
export interface GridShare<K> {
  readonly key: K;
  readonly weight: number;
  /** Compute time this machine gave it, ms. */
  readonly usedMs: number;
  /** Eligible tasks that wait in it. */
  readonly waiting: number;
}

/** Of `places` free places, those that this grid may take: the others' are left to whom they are owed. */
export function capacityOf<K>(key: K, places: number, shares: readonly GridShare<K>[]): number {
  const mine = shares.find((share) => share.key === key);
  if (mine === undefined || mine.weight <= 0) return 0;
  const owed = shares
    .filter((other) => other.key !== key && other.weight > 0 && other.usedMs / other.weight < mine.usedMs / mine.weight)
    .reduce((sum, other) => sum + other.waiting, 0);
  return Math.max(0, places - owed);
}
