import { lazy, Suspense, type ComponentType } from "react";
import { Route, Switch } from "wouter";
import { Loading } from "../ui/loading.tsx";
import { NotFound } from "./not-found.tsx";
import { ErrorGuard } from "./error-guard.tsx";

/** A screen is fetched when it is first opened. */
function screen<N extends string>(load: () => Promise<Record<N, ComponentType>>, name: N) {
  return lazy(async () => ({ default: (await load())[name] }));
}

const HomeScreen = screen(() => import("../features/home/home-screen.tsx"), "HomeScreen");
const QueueScreen = screen(() => import("../features/queue/queue-screen.tsx"), "QueueScreen");
const RunningScreen = screen(() => import("../features/running/running-screen.tsx"), "RunningScreen");
const HistoryScreen = screen(() => import("../features/history/history-screen.tsx"), "HistoryScreen");
const LimitsScreen = screen(() => import("../features/limits/limits-screen.tsx"), "LimitsScreen");
const GridsScreen = screen(() => import("../features/grids/grids-screen.tsx"), "GridsScreen");
const SubmitScreen = screen(() => import("../features/submit/submit-screen.tsx"), "SubmitScreen");
const SettingsScreen = screen(() => import("../features/settings/settings-screen.tsx"), "SettingsScreen");
const SetupScreen = screen(() => import("../features/setup/setup-screen.tsx"), "SetupScreen");

/** The screen that the address names. */
export function Screens() {
  return (
    <ErrorGuard>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={HomeScreen} />
          <Route path="/queue/:gridId?/:file?" component={QueueScreen} />
          <Route path="/running/:claimId?" component={RunningScreen} />
          <Route path="/history/:claimId?" component={HistoryScreen} />
          <Route path="/limits" component={LimitsScreen} />
          <Route path="/grids" component={GridsScreen} />
          <Route path="/submit" component={SubmitScreen} />
          <Route path="/settings" component={SettingsScreen} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </ErrorGuard>
  );
}

/** The first run, in place of everything else. */
export function FirstRun() {
  return (
    <ErrorGuard>
      <Suspense fallback={<Loading />}>
        <SetupScreen />
      </Suspense>
    </ErrorGuard>
  );
}
