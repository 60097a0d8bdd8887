/** What a stranger wrote, made harmless to read: nothing hides, nothing turns the line around. */

// Controls, direction marks, zero-width and other format characters, lone surrogates, what is blank by
// definition, and every space but the one.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{DI}\u2028\u2029\u2800]|(?! )\p{Zs}/gu;
const CONTROL_PICTURES = 0x2400;

/** Shows each hidden character as one that can be seen; `keep` names those that stay. */
export function visible(text: string, keep = ""): string {
  return text.replace(HIDDEN, (character) => {
    if (keep.includes(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code);
    if (code === 0x7f) return "\u2421";
    return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
  });
}
