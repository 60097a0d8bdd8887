/**
 * A script for a page: a promise of `value`, taken at the first moment that `condition` holds.
 * Both are expressions, which the page evaluates at every change of its document.
 */
export function pageMoment(value: string, condition: string): string {
  return `new Promise((resolve) => {
    const look = () => { if (!(${condition})) return false; resolve(${value}); return true; };
    if (look()) return;
    const observer = new MutationObserver(() => { if (look()) observer.disconnect(); });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  })`;
}
