import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'react-intl'
import { expect, test } from 'vitest'
import { messagesOf } from '#locales/index.ts'
import { Amount, HiddenAmounts } from '#renderer/components/Amount.tsx'
import { Slip } from '#renderer/components/Slip.tsx'

const drawnHidden = (shown: ReactNode): string =>
  renderToStaticMarkup(
    createElement(
      IntlProvider,
      { locale: 'en', messages: { ...messagesOf('en') } },
      createElement(HiddenAmounts, { value: true, children: shown }),
    ),
  )

test('where amounts are hidden, what one agrees to is shown on the slip, and nowhere else', () => {
  const amount = createElement(Amount, { of: { currency: 'EUR', value: '24.90' } })
  expect(drawnHidden(amount)).not.toContain('24')
  expect(drawnHidden(createElement(Slip, { label: 'slip', children: amount }))).toContain('24')
})
