/** Everything that Electron exports; what the host does not implement throws as soon as it is used. */
import { app } from "./app.ts";
import { BrowserWindow } from "./browser-window.ts";
import { clipboard, crashReporter, dialog, nativeTheme, net, shell } from "./desktop-services.ts";
import { ipcMain } from "./ipc-main.ts";
import { Menu, MenuItem } from "./menu.ts";
import { NativeImage } from "./native-image.ts";
import { Notification } from "./notification.ts";
import { powerMonitor } from "./power-monitor.ts";
import { protocol } from "./protocol.ts";
import { safeStorage } from "./safe-storage.ts";
import { screen } from "./screen.ts";
import { session } from "./session.ts";
import { Tray } from "./tray.ts";
import { absent } from "./unimplemented.ts";

const nativeImage = NativeImage;
const autoUpdater = absent("autoUpdater");
const BaseWindow = absent("BaseWindow");
const BrowserView = absent("BrowserView");
const ClipboardItem = absent("ClipboardItem");
const contentTracing = absent("contentTracing");
const contextBridge = absent("contextBridge");
const desktopCapturer = absent("desktopCapturer");
const globalShortcut = absent("globalShortcut");
const ImageView = absent("ImageView");
const inAppPurchase = absent("inAppPurchase");
const IpcMainServiceWorker = absent("IpcMainServiceWorker");
const ipcRenderer = absent("ipcRenderer");
const LanguageModelUtility = absent("LanguageModelUtility");
const localAIHandler = absent("localAIHandler");
const MessageChannelMain = absent("MessageChannelMain");
const netLog = absent("netLog");
const parentPort = absent("parentPort");
const powerSaveBlocker = absent("powerSaveBlocker");
const pushNotifications = absent("pushNotifications");
const sharedTexture = absent("sharedTexture");
const ShareMenu = absent("ShareMenu");
const systemPreferences = absent("systemPreferences");
const TouchBar = absent("TouchBar");
const utilityProcess = absent("utilityProcess");
const View = absent("View");
const webContents = absent("webContents");
const WebContentsView = absent("WebContentsView");
const webFrame = absent("webFrame");
const webFrameMain = absent("webFrameMain");
const WebSocket = absent("WebSocket");
const webUtils = absent("webUtils");

export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  contentTracing,
  contextBridge,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  IpcMainServiceWorker,
  ipcRenderer,
  LanguageModelUtility,
  localAIHandler,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  parentPort,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  sharedTexture,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrame,
  webFrameMain,
  WebSocket,
  webUtils,
};
