/** `safeStorage`: real encryption, with a key in the application's folder in place of the desktop's key ring. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { app } from "./app.ts";
import { HostObject } from "./unimplemented.ts";

/** What Chromium puts before what it encrypted with the key ring's key, or with the one that every machine has. */
const KEY_RING = Buffer.from("v11");
const NO_KEY_RING = Buffer.from("v10");
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

class SafeStorage extends HostObject implements Electron.SafeStorage {
  #plain = false;

  isEncryptionAvailable(): boolean {
    app.requireReady("safeStorage");
    return true;
  }
  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(this.isEncryptionAvailable());
  }
  encryptString(plainText: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key(), nonce);
    const encrypted = Buffer.concat([cipher.update(plainText, "utf8"), cipher.final()]);
    return Buffer.concat([this.#prefix(), nonce, cipher.getAuthTag(), encrypted]);
  }
  decryptString(encrypted: Buffer): string {
    const failed = "Error while decrypting the ciphertext provided to safeStorage.decryptString.";
    const own = this.#prefix();
    const [prefix, rest] = [encrypted.subarray(0, own.length), encrypted.subarray(own.length)];
    if (!prefix.equals(own) || rest.length < NONCE_BYTES + TAG_BYTES) throw new Error(failed);
    const decipher = createDecipheriv("aes-256-gcm", this.#key(), rest.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(rest.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const text = rest.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
    } catch (error) {
      throw new Error(failed, { cause: error });
    }
  }
  encryptStringAsync(plainText: string): Promise<Buffer> {
    return Promise.resolve(this.encryptString(plainText));
  }
  async decryptStringAsync(encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> {
    return { result: this.decryptString(encrypted), shouldReEncrypt: false };
  }
  getSelectedStorageBackend(): ReturnType<Electron.SafeStorage["getSelectedStorageBackend"]> {
    return this.#plain || this.#prefix().equals(NO_KEY_RING) ? "basic_text" : "gnome_libsecret";
  }
  setUsePlainTextEncryption(usePlainText: boolean): void {
    this.#plain = usePlainText;
  }

  /** As a desktop without a key ring is, or one that is told to do without. */
  #prefix(): Buffer {
    return app.commandLine.getSwitchValue("password-store") === "basic" ? NO_KEY_RING : KEY_RING;
  }

  #key(): Buffer {
    app.requireReady("safeStorage");
    const file = join(app.getPath("userData"), "Key Ring");
    try {
      return readFileSync(file);
    } catch {
      // The first use makes the key.
      mkdirSync(app.getPath("userData"), { recursive: true });
      const key = randomBytes(32);
      writeFileSync(file, key, { mode: 0o600 });
      return key;
    }
  }
}

export const safeStorage = new SafeStorage();
