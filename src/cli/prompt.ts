import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Ctrl-C and Ctrl-D at a question end it without an answer. */
async function answerOf(question: Promise<string>): Promise<string | undefined> {
  try {
    return await question
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') return undefined
    throw cause
  }
}

/** Asks on stderr, so that stdout can be piped; undefined where nobody can type, or would not. */
export async function askLine(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await answerOf(lines.question(question))
  } finally {
    lines.close()
  }
}

/** Asks for a secret: what is typed is not shown. Undefined as with `askLine`. */
export async function askSecret(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await answerOf(lines.question(''))
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
