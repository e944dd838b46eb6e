import { execFile } from 'node:child_process'

/** Runs a program to its end; a program that fails is an answer, not an error. */
export function run(
  command: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise(done => {
    execFile(command, [...args], { timeout: 60_000, maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr })
    })
  })
}
