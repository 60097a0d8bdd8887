/**
 * Which element shows which row.
 *
 * Invariant: a row keeps its element as long as it is drawn, so that the focus stays; an element
 * whose row went is given to one that came, because filling it anew costs less than making another.
 */
export class RowSlots {
  #slots: ReadonlyMap<number, number> = new Map();
  #free: number[] = [];
  #made = 0;

  /** The slot of each index, in their order. No two share one. */
  assign(indexes: readonly number[]): readonly number[] {
    const wanted = new Set(indexes);
    for (const [index, slot] of this.#slots) if (!wanted.has(index)) this.#free.push(slot);
    const slots = new Map<number, number>();
    for (const index of indexes) slots.set(index, this.#slots.get(index) ?? this.#free.pop() ?? this.#made++);
    this.#slots = slots;
    return [...slots.values()];
  }
}
