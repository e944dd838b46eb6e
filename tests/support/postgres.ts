import { afterAll, type TestContext } from 'vitest'
import { toolOrSkip } from './needs.ts'
import { type PostgresServer, startPostgres } from './postgresServer.ts'

/** The PostgreSQL of a test file: started when the first test asks for it, and stopped when the last is over. */
export function postgresOfThisFile(): (context: Pick<TestContext, 'skip'>) => Promise<PostgresServer> {
  let started: Promise<PostgresServer> | undefined
  afterAll(async () => {
    await (await started)?.stop()
  }, 60_000)
  return context => {
    started ??= startPostgres(toolOrSkip(context, 'postgresql'))
    return started
  }
}
