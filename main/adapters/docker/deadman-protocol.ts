import type { EngineAddress } from "./engine-address.ts";

/**
 * What the worker tells the dead-man's switch, over the channel that Node opens between parent and
 * child. Times are relative, as two processes share no clock that can be relied on.
 */
export type DeadmanOrder =
  | {
      readonly do: "watch";
      readonly id: string;
      /**
       * The container's name marks whose it is: a worker that takes a container over renames it,
       * and the switch of the worker before leaves it alone from then on.
       */
      readonly name: string;
      readonly engine: EngineAddress;
      readonly remainingMs: number;
    }
  | { readonly do: "forget"; readonly id: string };

/**
 * The variable with the orders that hold when the switch is started: it knows them even where its
 * worker ends before it has begun to listen, which loses what the channel carried.
 */
export const FIRST_ORDERS = "DGRID_DEADMAN_ORDERS";

/** The switch's answer to "watch": from now on it knows the container. */
export interface DeadmanReceipt {
  readonly watching: string;
}
