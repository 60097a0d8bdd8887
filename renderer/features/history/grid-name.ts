/** The end of a grid's address, for people: "science/folding" of "https://github.com/science/folding.git". */
export function gridName(address: string): string {
  const parts = address
    .replace(/\.git\/?$/, "")
    .split(/[/\\:]/)
    .filter((part) => part !== "");
  return parts.slice(-2).join("/") || address;
}
