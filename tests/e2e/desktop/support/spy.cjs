/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return, typescript/no-unsafe-argument -- plain JavaScript has no types to be safe by */
/**
 * Loaded into the main process before the application, on Electron and on its host alike: keeps what
 * the application shows outside of its windows, and answers its questions, so that no test waits for
 * a person. Electron's module cannot be changed, the objects and prototypes in it can.
 */
const { dialog, nativeImage, Notification, shell, Tray } = require("electron");

const spy = {
  /** The living tray, its menu, and what it says. */
  tray: undefined,
  trayMenu: undefined,
  trayImagePath: undefined,
  toolTip: "",
  notifications: [],
  dialogs: [],
  opened: [],
  /** The buttons that the next questions are answered with, by their index; null leaves one open for `answer`. */
  answers: JSON.parse(process.env["DESKTOP_ANSWERS"] ?? "[]"),
  /** Answers the question that was left open. */
  answer: undefined,
};
globalThis.desktopSpy = spy;

/** Calls `seen` with the object and the arguments before the method does its work. */
function watch(prototype, name, seen) {
  const original = prototype[name];
  prototype[name] = function watched(...args) {
    seen(this, ...args);
    return original.apply(this, args);
  };
}

/** From which file an image was read. */
const imagePaths = new WeakMap();
const createFromPath = nativeImage.createFromPath.bind(nativeImage);
nativeImage.createFromPath = (path) => {
  const image = createFromPath(path);
  imagePaths.set(image, path);
  return image;
};

watch(Tray.prototype, "setContextMenu", (tray, menu) => Object.assign(spy, { tray, trayMenu: menu ?? undefined }));
watch(Tray.prototype, "setToolTip", (tray, toolTip) => Object.assign(spy, { tray, toolTip }));
watch(Tray.prototype, "setImage", (tray, image) => {
  Object.assign(spy, { tray, trayImagePath: typeof image === "string" ? image : imagePaths.get(image) });
});
watch(Tray.prototype, "destroy", () => Object.assign(spy, { tray: undefined, trayMenu: undefined }));

// Kept with the object, so that a test can click it.
Notification.prototype.show = function show() {
  spy.notifications.push({ title: this.title, body: this.body, notification: this });
};

dialog.showMessageBox = (...args) => {
  const options = args.at(-1);
  const given = spy.answers.shift();
  const response = given ?? options.cancelId ?? 0;
  spy.dialogs.push({ ...plain(options), response });
  if (given === null)
    return new Promise((resolve) => {
      spy.answer = (index) => resolve({ response: index, checkboxChecked: false });
    });
  return Promise.resolve({ response, checkboxChecked: options.checkboxChecked ?? false });
};
dialog.showMessageBoxSync = (...args) => {
  const options = args.at(-1);
  const response = spy.answers.shift() ?? options.cancelId ?? 0;
  spy.dialogs.push({ ...plain(options), response });
  return response;
};
dialog.showErrorBox = (title, content) => {
  spy.dialogs.push({ type: "error", title, message: content, buttons: [], response: 0 });
};

shell.openExternal = (url) => {
  spy.opened.push(url);
  return Promise.resolve();
};
shell.openPath = (path) => {
  spy.opened.push(path);
  return Promise.resolve("");
};
shell.showItemInFolder = (path) => {
  spy.opened.push(path);
};

function plain({ type = "none", title = "", message, detail = "", buttons = [], checkboxLabel }) {
  return { type, title, message, detail, buttons, checkboxLabel };
}
