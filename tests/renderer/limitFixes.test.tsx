import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'react-intl'
import { beforeEach, expect, test, vi } from 'vitest'
import { declines } from '#core/failure/declines.ts'
import { messagesOf } from '#locales/index.ts'
import { type FixActs, FixButtons } from '#renderer/components/FailurePanel.tsx'
import { usePaymentFixes } from '#renderer/views/pay/useFixes.ts'

const gone: unknown[] = []
vi.mock('@tanstack/react-router', () => ({ useNavigate: () => (to: unknown) => gone.push(to) }))
vi.mock('#renderer/bridge/useBridge.ts', () => ({ useBridgeAction: () => ({ run: async () => undefined }) }))
beforeEach(() => {
  gone.length = 0
})

const limits = ['over_payment_limit', 'over_daily_limit', 'over_monthly_limit'] as const

/** A payment that is refused: what is drawn, and what its buttons do. */
function refused(code: (typeof limits)[number]): { readonly drawn: string; readonly acts: FixActs } {
  const failure = { kind: 'decline', code, detail: {} } as const
  let acts: FixActs = {}
  function Refused() {
    acts = usePaymentFixes({ failure, onReviewAgain: () => {}, onOtherLink: () => {} })
    return <FixButtons of={failure} acts={acts} />
  }
  const drawn = renderToStaticMarkup(
    <IntlProvider locale="en" messages={{ ...messagesOf('en') }}>
      <Refused />
    </IntlProvider>,
  )
  return { drawn, acts }
}

test.each(limits)('%s leads to what a person tells of themselves, to their limits, and to a higher one', code => {
  const { drawn, acts } = refused(code)
  expect(drawn).toContain('Tell us more about you')
  expect(declines[code].fixes).toContain('verify')
  for (const fix of ['verify', 'see_limits', 'raise_limit'] as const) acts[fix]?.()
  expect(gone).toMatchObject([
    { to: '/settings', hash: 'identity' },
    { to: '/settings', hash: 'limits' },
    { search: { raise: expect.any(String) } },
  ])
})
