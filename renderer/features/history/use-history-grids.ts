import { useEffect, useState } from "react";
import { call } from "../../state/session.ts";
import { usePicture } from "../../state/use-picture.ts";

/** The grids that the history knows, those that were left included. */
export function useHistoryGrids(): readonly string[] {
  const [grids, setGrids] = useState<readonly string[]>([]);
  const count = usePicture((picture) => picture.grids.size);
  useEffect(() => {
    const abort = new AbortController();
    void call("history.grids", {}, { signal: abort.signal }).then((outcome) => {
      // Without an answer the filter stays as it was; the table says why there is none.
      if (outcome.ok) setGrids(outcome.value);
    });
    return () => abort.abort();
  }, [count]);
  return grids;
}
