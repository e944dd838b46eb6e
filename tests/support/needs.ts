import type { TestContext } from 'vitest'
import { findTool, howToInstall, type tools } from '../../scripts/tools.mjs'

export type ToolName = keyof typeof tools

/** A tool of this machine that a test needs: its path, or the reason why the test is skipped. */
export type Need = { readonly path: string; readonly reason: undefined } | { readonly path: undefined; readonly reason: string }

/** Looks for a tool. What is missing is named with the package that brings it. */
export function needs(name: ToolName): Need {
  const path: string | undefined = findTool(name)
  return path === undefined ? { path: undefined, reason: howToInstall(name) } : { path, reason: undefined }
}

/** The path of a tool; where it is missing the test ends here, skipped with the reason. */
export function toolOrSkip(context: Pick<TestContext, 'skip'>, name: ToolName): string {
  const need = needs(name)
  return need.path ?? context.skip(need.reason)
}
