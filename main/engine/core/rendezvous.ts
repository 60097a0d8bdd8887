/**
 * Rendezvous (highest random weight) hashing: every node computes the same order of nodes for a
 * key without talking to the others (Thaler and Ravishankar, 1998).
 */

/** A well mixed 32-bit hash of a text: FNV-1a, finished as in MurmurHash3. Not for secrets. */
export function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function weight(node: string, key: string): number {
  return hash32(`${node}\u0000${key}`);
}

/** Whether `node` comes first for `key` among `nodes` (and itself). */
export function isFirst(node: string, key: string, nodes: Iterable<string>): boolean {
  const mine = weight(node, key);
  for (const other of nodes) {
    if (other === node) continue;
    const theirs = weight(other, key);
    if (theirs > mine || (theirs === mine && other < node)) return false;
  }
  return true;
}
