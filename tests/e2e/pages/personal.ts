import type { Scene } from '../scene.ts'
import { maria } from './account.ts'

/** What lin writes in whatever language the window speaks. */
export const writings = {
  labels: ['出差', '客户'],
  note: '和客户见面，送的茶。',
  contacts: [
    { name: '林晓雨', email: 'lin.xiaoyu.rent@example.org', note: '每月 3 日房租' },
    { name: '安娜', email: '', note: '' },
    { name: maria.name, email: maria.email, note: '慕尼黑的房东' },
  ],
} as const

/** What a person writes on a movement. */
export function annotationsPage({ page, t, hand }: Scene) {
  const detail = page.getByRole('complementary', { name: t('activity.detail') })
  const labels = detail.getByRole('list', { name: t('notes.labels') })
  const note = detail.getByRole('textbox', { name: t('notes.note'), exact: true })
  return {
    note,
    write: (text: string) => hand.type(note, text),
    kept: detail.getByText(t('notes.kept_everywhere'), { exact: true }),
    keptHere: detail.getByText(t('notes.kept_here'), { exact: true }),
    label: async (text: string) => {
      await hand.type(detail.getByRole('textbox', { name: t('notes.label'), exact: true }), text)
      await hand.press(detail.getByRole('button', { name: t('notes.add'), exact: true }))
    },
    labelled: (label: string) => labels.getByRole('link', { name: t('notes.show', { label }) }),
    remove: (label: string) => hand.press(labels.getByRole('button', { name: t('notes.remove', { label }) })),
    offered: (label: string) => detail.getByRole('button', { name: t('notes.addKnown', { label }) }),
    keepContact: () => hand.press(detail.getByRole('button', { name: t('contacts.keep') })),
    openContact: () => hand.press(detail.getByRole('button', { name: t('contacts.open') })),
    filter: (label: string, count: number) =>
      hand.choose(
        page.getByRole('region', { name: t('activity.title'), exact: true }).getByRole('button', { name: t('notes.filter') }),
        page.getByRole('option', { name: t('notes.withCount', { label, count }), exact: true }),
      ),
  }
}

type Fields = { readonly name?: string; readonly email?: string; readonly note?: string }

/** People and shops. */
export function contactsPage({ page, t, hand }: Scene) {
  const detail = page.getByRole('complementary', { name: t('contacts.detail') })
  const list = page.getByRole('region', { name: t('contacts.list') })
  const button = (name: string) => detail.getByRole('button', { name, exact: true })
  const fill = async (fields: Fields) => {
    for (const [field, text] of Object.entries(fields))
      await hand.type(detail.getByRole('textbox', { name: t(`contacts.${field as keyof Fields}`), exact: true }), text)
  }
  return {
    empty: page.getByText(t('contacts.emptyTitle'), { exact: true }),
    none: page.getByText(t('contacts.noneTitle'), { exact: true }),
    add: async (fields: Fields) => {
      await hand.press(page.getByRole('button', { name: t('contacts.add'), exact: true }).first())
      await detail.getByText(t('contacts.newTitle'), { exact: true }).waitFor()
      await fill(fields)
      await hand.press(button(t('contacts.create')))
    },
    change: async (fields: Fields) => {
      await fill(fields)
      await hand.press(button(t('contacts.save')))
    },
    remove: () => hand.press(button(t('contacts.remove'))),
    undo: () => hand.press(page.getByRole('button', { name: t('contacts.undo'), exact: true })),
    search: (words: string) => hand.type(page.getByRole('searchbox', { name: t('contacts.search') }), words),
    count: (count: number) => page.getByText(t('contacts.count', { count }), { exact: true }),
    row: (name: string) => list.getByRole('button', { name }),
    open: (name: string) => hand.press(list.getByRole('button', { name }).first()),
    shown: (name: string) => detail.getByRole('heading', { name, exact: true }),
    kept: detail.getByText(t('notes.kept_everywhere'), { exact: true }),
    says: (words: string) => detail.getByText(words),
  }
}
