import type { Scene } from '../scene.ts'

/** The history: search, filters, one movement in detail. */
export function activityPage({ page, t, hand }: Scene) {
  const list = page.getByRole('region', { name: t('activity.list') })
  return {
    search: (words: string) => hand.type(page.getByRole('searchbox', { name: t('activity.search') }), words),
    first: list.getByRole('button').first(),
    count: (count: number) => page.getByText(t('activity.count', { count }), { exact: true }),
    none: page.getByText(t('activity.noneTitle')),
    clear: () => hand.press(page.getByRole('button', { name: t('activity.clear'), exact: true }).first()),
    filter: (what: 'currency' | 'kind' | 'state' | 'period', option: string) =>
      hand.choose(page.getByRole('button', { name: t(`activity.${what}`) }), page.getByRole('option', { name: option, exact: true })),
    openRow: (title: string | RegExp) => hand.press(list.getByRole('button', { name: title }).first()),
    legs: page.getByText(t('activity.balanced')),
    how: page.getByText(t('activity.how')),
    leg: (name: string) => page.getByRole('rowheader', { name, exact: true }),
  }
}

/** Statements. */
export function statementsPage({ page, t, hand }: Scene) {
  return {
    choose: (format: 'csv' | 'hledger') => hand.pick(page.getByRole('radio', { name: t(`statements.${format}`) })),
    currency: (code: string) => hand.tick(page.getByRole('checkbox', { name: code, exact: true })),
    previewed: (code: string) => page.getByRole('table').getByRole('rowheader', { name: code, exact: true }),
    start: (format: 'csv' | 'hledger') =>
      hand.press(page.getByRole('button', { name: t('statements.start', { format: t(`statements.${format}`) }) })),
    done: page.getByText(t('statements.done'), { exact: true }),
    proof: (count: number) => page.getByText(t('statements.doneProof', { count })),
    path: async () => {
      const said = await page.getByText(t('statements.path'), { exact: true }).locator('xpath=following-sibling::dd[1]').innerText()
      const [name = '', folder = ''] = said.trim().split('\n')
      return folder + name
    },
    /** Leaves what was exported before. */
    afresh: async () => {
      const again = page.getByRole('button', { name: t('statements.again') })
      if (await again.isVisible()) await hand.press(again)
    },
  }
}
