import { describe, expect, it } from "vitest";
import { parseGridAddress } from "./grid-address.ts";

const judged = (text: string): string => {
  const address = parseGridAddress(text);
  return "problem" in address ? address.problem : address.kind;
};

describe("a repository address", () => {
  it.each([
    ["https://github.com/a/b.git", "https"],
    ["https://host:8443/a", "https"],
    ["http://localhost:3000/grid.git", "http"],
    ["http://127.0.0.1:1/grid.git", "http"],
    ["http://[::1]:3000/grid.git", "http"],
    ["ssh://git@host:22/a/b.git", "ssh"],
    ["ssh://host/a", "ssh"],
    ["git@github.com:a/b.git", "ssh"],
    ["file:///srv/grid.git", "file"],
    ["/srv/my grid.git", "file"],
    ["C:\\grids\\one", "file"],
  ])("%s passes as %s", (text, kind) => {
    expect(judged(text)).toBe(kind);
  });

  it.each([
    ["", "empty"],
    ["-upload-pack=touch /tmp/x", "leading_dash"],
    ["--upload-pack=x", "leading_dash"],
    ["ext::sh -c touch% /tmp/x", "control_character"],
    ["ext::sh", "unsupported"],
    ["fd::7", "unsupported"],
    ["git://host/a", "unsupported"],
    ["ftp://host/a", "unsupported"],
    ["javascript:alert(1)", "ssh"],
    ["http://example.org/a", "plain_http"],
    ["http://localhost.example.org/a", "plain_http"],
    ["https://user:secret@host/a", "embedded_credential"],
    ["https://token@host/a", "embedded_credential"],
    ["ssh://git:secret@host/a", "embedded_credential"],
    ["ssh://-oProxyCommand=x/a", "unsupported"],
    ["ssh://-oProxyCommand=x@host/a", "leading_dash"],
    ["-oProxyCommand=x@host:a", "leading_dash"],
    ["host:-x", "unsupported"],
    ["https://host/a\nb", "control_character"],
    ["https://host/a b", "control_character"],
    ["https://host", "unsupported"],
    ["https://host/a?token=x", "unsupported"],
    ["file://server/share", "unsupported"],
    ["relative/path", "unsupported"],
    ["/srv/a\nb", "control_character"],
  ])("%j is judged %s", (text, problem) => {
    expect(judged(text)).toBe(problem);
  });
});
