import { useEffect, useState } from "react";
import type { Sample } from "../../../shared/contract/views.ts";
import { usePicture } from "../../state/use-picture.ts";

/** Points of a curve: more than these nobody sees. */
const POINTS_MAX = 240;

/** A run's samples so far, continued by what is measured while one looks. */
export function useSamples(claimId: string, known: readonly Sample[] | undefined): readonly Sample[] {
  const use = usePicture((picture) => picture.usage?.runs[claimId]);
  const [live, setLive] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (use === undefined) return;
    const sample: Sample = [use.ranMs / 1_000, use.cpus, use.memoryBytes];
    setLive((before) => thinned([...before.filter(([at]) => at < sample[0]), sample]));
  }, [use]);
  const [first] = live;
  return thinned([...(known ?? []).filter(([at]) => first === undefined || at < first[0]), ...live]);
}

/** Every second point of too many, the last always among them. */
export function thinned(samples: readonly Sample[]): readonly Sample[] {
  if (samples.length <= POINTS_MAX) return samples;
  return thinned(samples.filter((_, index) => (samples.length - 1 - index) % 2 === 0));
}
