import { useTranslation } from "react-i18next";
import type { GridView, PeerView } from "../../../shared/contract/views.ts";
import { Foreign } from "../../ui/foreign.tsx";
import { decimal } from "../../ui/format.ts";
import { useCores } from "../../ui/use-cores.ts";
import { useLocale } from "../../ui/use-locale.ts";
import { When } from "../../ui/when.tsx";
import classes from "./peer-table.module.css";

/** The worker sends no more. */
const PEERS_MOST = 200;

/** Who else gives to this grid. */
export function PeerTable({ grid }: { readonly grid: GridView }) {
  const { t } = useTranslation("grids");
  const locale = useLocale();
  if (grid.peers.length === 0) return <p className={classes.note}>{t("peersNone")}</p>;
  return (
    <>
      <div className={classes.scroller} tabIndex={0} role="region" aria-label={t("peers")}>
        <table className={classes.table}>
          <caption>
            {t("peersOnline", { count: grid.peersOnline, number: decimal(grid.peersOnline, locale, 0) })}
          </caption>
          <thead>
            <tr>
              {(["name", "status", "heartbeat", "size", "running"] as const).map((column) => (
                <th key={column} scope="col" data-end={column === "running"}>
                  {t(`peer.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.peers.map((peer) => (
              <Peer key={peer.nodeId} peer={peer} />
            ))}
          </tbody>
        </table>
      </div>
      {grid.peers.length < PEERS_MOST ? null : (
        <p className={classes.note}>{t("peersMore", { number: decimal(PEERS_MOST, locale, 0) })}</p>
      )}
    </>
  );
}

function Peer({ peer }: { readonly peer: PeerView }) {
  const { t } = useTranslation("grids");
  const locale = useLocale();
  const cores = useCores(1);
  const { cpuCount, memoryGb } = peer;
  return (
    <tr>
      <th scope="row">
        <Foreign text={peer.name === "" ? peer.nodeId : peer.name} lines={2} />
        {peer.self ? <span className={classes.you}> {t("you")}</span> : null}
      </th>
      <td>
        <span className={classes.status} data-status={peer.status}>
          {t(`status.${peer.status}`)}
        </span>
      </td>
      <td>{peer.lastHeartbeatMs === null ? t("never") : <When atMs={peer.lastHeartbeatMs} />}</td>
      <td>
        {cpuCount === null || memoryGb === null
          ? t("unknownSize")
          : t("size", { cores: cores(cpuCount), memory: decimal(memoryGb, locale, 1) })}
      </td>
      <td data-end>{peer.running === null ? "–" : decimal(peer.running, locale, 0)}</td>
    </tr>
  );
}
