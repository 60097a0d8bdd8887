/**
 * Who may come in: whoever has the token, and then whoever has a cookie made for it.
 *
 * Invariant: a cookie outlives the worker that made it, because the key that signs it is in the data
 * directory, but not its expiry, which is signed with it. Changing a token the donor set ends the
 * cookies that came from it. Every comparison takes the same time whatever is wrong.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface AccessOptions {
  /** The key of the data directory. */
  readonly secret: Buffer;
  /** The donor's own token; absent: one of this start. */
  readonly token?: string;
  readonly port: number;
  /** ms since the epoch. */
  readonly now: () => number;
}

const LIFE_SECONDS = 30 * 24 * 60 * 60;

export class Access {
  readonly token: string;
  readonly #key: Buffer;
  readonly #cookieName: string;
  readonly #now: () => number;

  constructor({ secret, token, port, now }: AccessOptions) {
    this.token = token ?? randomBytes(32).toString("base64url");
    this.#key = createHmac("sha256", secret)
      .update(`cookie of ${token ?? ""}`)
      .digest();
    // Browsers share cookies among the ports of a host, and two workers may have one each.
    this.#cookieName = `dgrid_${port}`;
    this.#now = now;
  }

  isToken(given: string): boolean {
    // Equal lengths are what timingSafeEqual needs; a hash has one and tells nothing of the token's.
    return timingSafeEqual(sha256(given), sha256(this.token));
  }

  isBearer(authorization: string | undefined): boolean {
    const given = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
    return given !== undefined && this.isToken(given);
  }

  /** A Set-Cookie header for a new session. */
  newCookie(): string {
    const claims = `${randomBytes(16).toString("base64url")}.${this.#now() + LIFE_SECONDS * 1000}`;
    const value = `${claims}.${this.#sign(claims).toString("base64url")}`;
    return `${this.#cookieName}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${LIFE_SECONDS}`;
  }

  /** Whether a Cookie header has a session of ours. Another port's page may add cookies of our name: one is enough. */
  hasSession(cookieHeader: string | undefined): boolean {
    if (cookieHeader === undefined) return false;
    const prefix = `${this.#cookieName}=`;
    const cookies = cookieHeader.split(";").map((cookie) => cookie.trim());
    return cookies.some((cookie) => cookie.startsWith(prefix) && this.#isValid(cookie.slice(prefix.length)));
  }

  #isValid(value: string): boolean {
    const [, claims, expiry, signature] = /^([\w-]{22}\.(\d{1,15}))\.([\w-]{43})$/.exec(value) ?? [];
    if (claims === undefined || signature === undefined) return false;
    if (!timingSafeEqual(Buffer.from(signature, "base64url"), this.#sign(claims))) return false;
    return this.#now() < Number(expiry);
  }

  #sign(claims: string): Buffer {
    return createHmac("sha256", this.#key).update(claims).digest();
  }
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
