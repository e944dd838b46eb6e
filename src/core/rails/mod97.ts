/**
 * ISO/IEC 7064 MOD 97-10 of `text`, continued from `start`: a digit stands for itself, A to Z for 10 to 35.
 * The caller gives only 0-9 and A-Z.
 */
export function mod97(text: string, start = 0): number {
  let rest = start
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    rest = (value < 10 ? rest * 10 + value : rest * 100 + value) % 97
  }
  return rest
}
