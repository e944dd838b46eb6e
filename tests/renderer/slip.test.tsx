import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'react-intl'
import { expect, test } from 'vitest'
import { messagesOf } from '#locales/index.ts'
import { Amount, HiddenAmounts } from '#renderer/components/Amount.tsx'
import { Slip } from '#renderer/components/Slip.tsx'

const drawnHidden = (shown: ReactNode): string =>
  renderToStaticMarkup(
    <IntlProvider locale="en" messages={{ ...messagesOf('en') }}>
      <HiddenAmounts value={true}>{shown}</HiddenAmounts>
    </IntlProvider>,
  )

test('where amounts are hidden, what one agrees to is shown on the slip, and nowhere else', () => {
  const amount = <Amount of={{ currency: 'EUR', value: '24.90' }} />
  expect(drawnHidden(amount)).not.toContain('24')
  expect(drawnHidden(<Slip label="slip">{amount}</Slip>)).toContain('24')
})
