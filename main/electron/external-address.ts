const LONGEST = 2_000;

/**
 * The address that the system's browser may be given, or undefined. Only https, and nothing that
 * could be taken for another program's address or carry a name and password.
 */
export function externalAddress(text: string): string | undefined {
  if (text.length > LONGEST || !URL.canParse(text)) return undefined;
  const { protocol, username, password, hostname, href } = new URL(text);
  const plain = protocol === "https:" && username === "" && password === "" && hostname !== "";
  return plain && href.length <= LONGEST ? href : undefined;
}
