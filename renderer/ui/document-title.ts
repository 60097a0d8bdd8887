/** The window's name: state and screen, so that a tab in the background tells both. */
let shown: { readonly page?: string; readonly state?: string } = {};

export function showTitle(part: { readonly page?: string; readonly state?: string }): void {
  shown = { ...shown, ...part };
  document.title = [shown.page, shown.state, "D-GRID"].filter((word) => word !== undefined && word !== "").join(" · ");
}
