import { expect, test } from 'vitest'
import { createLentWords } from '#main/vault/lentWords.ts'
import { testClock } from '../../support/clock.ts'

function clipboard() {
  let text = ''
  return {
    text: () => text,
    read: async () => text,
    write: async (next: string) => {
      text = next
    },
  }
}

const bug = (error: unknown) => {
  throw error
}

test('a secret leaves the clipboard after a minute, and not before', async () => {
  const [clock, board] = [testClock(), clipboard()]
  const until = await createLentWords(board, clock, bug).lend('many words')
  expect(until).toBeGreaterThan(clock.now() + 59_000)
  await clock.moves(59_000)
  expect(board.text()).toBe('many words')
  await clock.moves(1_100)
  expect(board.text()).toBe('')
})

test('what the person copied meanwhile stays', async () => {
  const [clock, board] = [testClock(), clipboard()]
  await createLentWords(board, clock, bug).lend('many words')
  await board.write('a shopping list')
  await clock.moves(61_000)
  expect(board.text()).toBe('a shopping list')
})

test('is taken back at once where the wallet is closed', async () => {
  const board = clipboard()
  const lent = createLentWords(board, testClock(), bug)
  await lent.lend('many words')
  await lent.takeBack()
  expect(board.text()).toBe('')
})
