/** What a page is judged by beside its behaviour: axe's rules, and whether any text is cut off. */
import axe from "axe-core";
import type { Page } from "playwright-core";

/** Violations of WCAG 2.2 AA and of axe's own good practice, one line each; an empty list is a good page. */
export async function violations(page: Page): Promise<string[]> {
  // Through the debugger, which the page's content security policy does not bind.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations: all } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ["violations"],
    });
    return all.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
    );
  });
  return found.map((line) => line.replace(/\s+/g, " ").slice(0, 300));
}

/** Elements whose text does not fit and cannot be reached by scrolling, one line each; and a page that scrolls sideways. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut: string[] = [];
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
      cut.push(`the page is ${document.documentElement.scrollWidth} wide of ${document.documentElement.clientWidth}`);
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const shown = style.visibility !== "hidden" && box.width > 2 && box.height > 2;
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === 3 && (node.textContent ?? "").trim() !== "",
      );
      if (!shown || !hasText) continue;
      const hides = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const hidesBelow =
        /hidden|clip/.test(style.overflowY) &&
        element.scrollHeight > element.clientHeight + 4 &&
        style.display !== "inline";
      // Shortened with an ellipsis and told in full by the title is not cut.
      const told = element.closest("[title]") !== null;
      if ((hides || hidesBelow) && !told) cut.push(`${element.tagName} ${(element.textContent ?? "").slice(0, 60)}`);
    }
    return cut;
  });
}
