/** The places of the interface, as they stand after the `#` of the address. */
export const PLACES = {
  home: "/",
  queue: "/queue",
  running: "/running",
  history: "/history",
  limits: "/limits",
  grids: "/grids",
  submit: "/submit",
  settings: "/settings",
} as const;

export type Place = keyof typeof PLACES;

export function taskPath(gridId: string, file: string): string {
  return `${PLACES.queue}/${gridId}/${toSegment(file)}`;
}

export function runPath(claimId: string): string {
  return `${PLACES.running}/${toSegment(claimId)}`;
}

export function pastRunPath(claimId: string): string {
  return `${PLACES.history}/${toSegment(claimId)}`;
}

/** Any text as a part of an address that no router decodes a second time: `~` stands for `%`. */
export function toSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("~", "%7E").replaceAll("%", "~");
}

/** What `toSegment` was given; what nobody made with it comes back as it is. */
export function fromSegment(segment: string): string {
  try {
    return decodeURIComponent(segment.replaceAll("~", "%"));
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
