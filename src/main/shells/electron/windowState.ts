import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const area = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive() })
const state = z.strictObject({ bounds: area, isMaximized: z.boolean() })

export type Area = z.infer<typeof area>
export type WindowState = z.infer<typeof state>

export const smallest = { width: 380, height: 560 } as const
export const usual = { width: 1200, height: 800 } as const

/** So much of the window must be on a screen that its bar can be taken hold of. */
const graspPx = 64

const overlap = (from: number, size: number, otherFrom: number, otherSize: number): number =>
  Math.min(from + size, otherFrom + otherSize) - Math.max(from, otherFrom)

const canBeGrasped = (window: Area, screen: Area): boolean =>
  overlap(window.x, window.width, screen.x, screen.width) >= graspPx &&
  window.y >= screen.y &&
  overlap(window.y, window.height, screen.y, screen.height) >= graspPx

/** Where the window was last; undefined where nothing readable is kept or that place is on no screen any more. */
export function readWindowState(path: string, screens: readonly Area[]): WindowState | undefined {
  let kept: WindowState | undefined
  try {
    kept = state.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
  return kept && screens.some(screen => canBeGrasped(kept.bounds, screen)) ? kept : undefined
}

/** Keeps the place; where it cannot be written the next start has the usual one. */
export function keepWindowState(path: string, kept: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(kept), { mode: 0o600 })
  } catch {
    return
  }
}
