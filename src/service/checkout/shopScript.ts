/**
 * The small script of the order's page: asks for the next state by long poll, shows the part of the page that belongs to it, and counts down. It holds no
 * word of its own; all text is in the page already.
 */
export const shopScript = `'use strict'
const order = document.querySelector('[data-order]')
const show = state => {
  order.dataset.state = state
  for (const part of document.querySelectorAll('[data-when]')) part.hidden = !part.dataset.when.split(' ').includes(state)
}
const left = document.querySelector('[data-left]')
const ahead = Date.now() - Number(order.dataset.now)
const tick = () => {
  const seconds = Math.max(0, Math.ceil((Number(order.dataset.ends) + ahead - Date.now()) / 1000))
  left.textContent = Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0')
}
const offline = document.querySelector('[data-offline]')
const wait = ms => new Promise(done => setTimeout(done, ms))
const follow = async () => {
  while (['open', 'held'].includes(order.dataset.state)) {
    try {
      const answer = await fetch(order.dataset.order + '&seen=' + order.dataset.state, { cache: 'no-store' })
      if (!answer.ok) throw new Error(String(answer.status))
      const now = await answer.json()
      offline.hidden = true
      for (const place of document.querySelectorAll('[data-paid-at]')) place.textContent = now.paidAt
      if (now.state !== order.dataset.state) show(now.state)
    } catch {
      offline.hidden = false
      await wait(1000)
    }
  }
}
tick()
setInterval(tick, 500)
follow()
`
