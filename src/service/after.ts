/** Runs once after `ms`; the answer calls it off. Does not keep the process alive. */
export type After = (ms: number, run: () => void) => () => void

export const systemAfter: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
