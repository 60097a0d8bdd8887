/** Events as Electron's listeners get them: the first argument can be told to prevent what is about to happen. */

/** An event with these parameters, typed as Electron's own. */
export function hostEvent<P extends object = object>(params?: P): Electron.Event<P> {
  let prevented = false;
  const event = {
    preventDefault: (): void => {
      prevented = true;
    },
    get defaultPrevented(): boolean {
      return prevented;
    },
  };
  // Getters have to stay getters: the parameters are put onto the event and not the other way round.
  return Object.assign(event, params) as Electron.Event<P>;
}
